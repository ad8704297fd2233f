-- Runs of side :side with their value of parameter :by, smallest first; `ended` is NULL where nobody saw the end.
SELECT side_run.run_id, CAST(run_param.value AS REAL) AS size, run_param.value AS text, recorded.ended,
       recorded.end_value, coalesce(recorded.contaminated, '') <> '' AS contaminated
FROM side_run
JOIN run_param ON run_param.run_id = side_run.run_id AND run_param.name = :by
LEFT JOIN recorded ON recorded.run_id = side_run.run_id
WHERE side_run.side = :side
ORDER BY size, side_run.run_id
