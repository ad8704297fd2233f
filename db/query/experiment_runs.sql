-- What was run of an experiment.
SELECT point.number, point_run.repeat, recorded.wall_ns
FROM point
JOIN point_run ON point_run.point_id = point.id
JOIN recorded ON recorded.run_id = point_run.run_id
WHERE point.experiment_id = :id
