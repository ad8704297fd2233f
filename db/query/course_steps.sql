-- Steps of the selected processes. First and last mark bound the time in which all but the last one passed.
SELECT p.id, p.pid, m.name, m.count, m.timed, m.sum, m.p50, m.p99, m.most, m.last_ns - m.first_ns
FROM selected s JOIN process p ON p.id = s.process_id JOIN mark m ON m.process_id = p.id AND m.kind = 'step'
ORDER BY m.count DESC, p.id, m.name
