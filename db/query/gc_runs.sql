-- Runs without a label but the latest :keep of them, oldest first.
SELECT id FROM run
WHERE label = '' AND id NOT IN (SELECT id FROM run WHERE label = '' ORDER BY started_ns DESC, id DESC LIMIT :keep)
ORDER BY started_ns, id
