-- Figures of the whole program by run of side :side.
SELECT run_metric.name, side_run.run_id, run_metric.value
FROM side_run JOIN run_metric USING (run_id)
WHERE side_run.side = :side
ORDER BY run_metric.name, side_run.run_id
