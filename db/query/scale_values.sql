-- Values of parameter :name of the runs of side :side, with how many runs have each.
SELECT run_param.value, CAST(run_param.value AS REAL), count(*)
FROM side_run JOIN run_param USING (run_id)
WHERE side_run.side = :side AND run_param.name = :name AND CAST(run_param.value AS REAL) > 0
GROUP BY run_param.value
ORDER BY 2, 1
