-- When the first run of experiment :experiment began, and the seconds from there to the end of the last one.
SELECT strftime('%Y-%m-%dT%H:%M:%SZ', min(run.started_ns) / 1e9, 'unixepoch'),
       (max(run.started_ns + recorded.wall_ns) - min(run.started_ns)) / 1e9
FROM point
JOIN point_run ON point_run.point_id = point.id
JOIN run ON run.id = point_run.run_id
JOIN recorded ON recorded.run_id = run.id
WHERE point.experiment_id = :experiment
