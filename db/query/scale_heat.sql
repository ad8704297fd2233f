-- A figure of the program by run of side 0, with the values of two parameters.
SELECT CAST(x.value AS REAL), CAST(y.value AS REAL), run_metric.value
FROM side_run
JOIN run_param x ON x.run_id = side_run.run_id AND x.name = :by
JOIN run_param y ON y.run_id = side_run.run_id AND y.name = :with
JOIN run_metric ON run_metric.run_id = side_run.run_id AND run_metric.name = :metric
WHERE side_run.side = 0
ORDER BY 1, 2, side_run.run_id
