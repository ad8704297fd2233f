SELECT git_commit, dirty, contaminated, experiment_id, point.number, point_run.repeat + 1
FROM recorded
LEFT JOIN point_run USING (run_id)
LEFT JOIN point ON point.id = point_id
WHERE run_id = :run
