-- Parameters of the runs of side :side, those with the most different numbers first.
SELECT run_param.name, count(DISTINCT run_param.value) AS count
FROM side_run JOIN run_param USING (run_id)
WHERE side_run.side = :side AND CAST(run_param.value AS REAL) > 0
GROUP BY run_param.name
ORDER BY count DESC, run_param.name
