SELECT p.pid, b.kind, b.name, b.first_step, b.steps, b.count, b.sum / b.count, b.least, b.most
FROM selected s JOIN process p ON p.id = s.process_id JOIN mark_bin b ON b.process_id = p.id
ORDER BY p.id, b.kind, b.name, b.first_step
