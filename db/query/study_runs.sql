-- Runs of experiment :experiment by point: its number, the run, and whether it ended well.
SELECT point.number, point_run.run_id, recorded.ended = 'exit' AND recorded.end_value = 0
FROM point
JOIN point_run ON point_run.point_id = point.id
JOIN recorded ON recorded.run_id = point_run.run_id
WHERE point.experiment_id = :experiment
ORDER BY point.number, point_run.run_id
