-- Runs of an experiment whose times are not to be trusted, and the latest reason.
SELECT count(*), coalesce((SELECT r.contaminated
                           FROM point JOIN point_run ON point_run.point_id = point.id
                           JOIN recorded r ON r.run_id = point_run.run_id
                           WHERE point.experiment_id = :id AND r.contaminated <> ''
                           ORDER BY order_index DESC LIMIT 1), '')
FROM point
JOIN point_run ON point_run.point_id = point.id
JOIN recorded ON recorded.run_id = point_run.run_id
WHERE point.experiment_id = :id AND contaminated <> ''
