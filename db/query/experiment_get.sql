-- An experiment by its number, or the latest of the kind that is not finished.
SELECT id, kind, seed, cwd, plan, finished
FROM experiment
WHERE id = :id OR (:id = 0 AND kind = :kind AND NOT finished)
ORDER BY created_ns DESC, id DESC
LIMIT 1
