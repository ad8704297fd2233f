-- Parameters of the runs of side :side that are numbers and vary: those that a sweep varied first.
SELECT run_param.name,
       EXISTS (SELECT 1 FROM side_run s JOIN point_run USING (run_id) JOIN point_param p USING (point_id)
               WHERE s.side = :side AND p.name = run_param.name) AS swept
FROM side_run JOIN run_param USING (run_id)
WHERE side_run.side = :side AND CAST(run_param.value AS REAL) > 0
GROUP BY run_param.name
HAVING count(DISTINCT run_param.value) > 1
ORDER BY swept DESC, run_param.name
