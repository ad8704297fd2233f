SELECT p.pid, m.name, m.count, m.last, m.least, m.sum / m.count, m.most
FROM selected s JOIN process p ON p.id = s.process_id JOIN mark m ON m.process_id = p.id AND m.kind = 'metric'
ORDER BY p.id, m.name
