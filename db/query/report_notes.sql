-- What went wrong in recording, by process.
SELECT p.pid, p.note
FROM selected s JOIN process p ON p.id = s.process_id
WHERE p.note <> ''
ORDER BY p.started_ns, p.id
