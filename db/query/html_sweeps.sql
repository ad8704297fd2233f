-- Experiments with parameters whose runs ran a program that the selected processes ran, too, with the label that all of
-- their points have; the latest first.
SELECT point.experiment_id, iif(min(point.label) = max(point.label), point.label, '')
FROM (SELECT DISTINCT module.path FROM selected JOIN process_module USING (process_id)
      JOIN module ON module.id = process_module.module_id WHERE process_module.instrumented) mine
JOIN module ON module.path = mine.path
JOIN process_module pm ON pm.module_id = module.id AND pm.instrumented
JOIN process ON process.id = pm.process_id
JOIN point_run USING (run_id)
JOIN point ON point.id = point_run.point_id
JOIN point_param ON point_param.point_id = point.id
GROUP BY point.experiment_id
ORDER BY point.experiment_id DESC
LIMIT :limit
