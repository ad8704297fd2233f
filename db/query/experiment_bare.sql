-- Has an experiment runs, and none of them a process that was recorded?
SELECT count(*) AND NOT EXISTS (SELECT 1 FROM point JOIN point_run ON point_run.point_id = point.id
                                JOIN process ON process.run_id = point_run.run_id WHERE experiment_id = :id)
FROM point JOIN point_run ON point_run.point_id = point.id
WHERE experiment_id = :id
