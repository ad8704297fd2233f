SELECT id, file_id, name, line, last_line, reason IS NULL FROM function WHERE unit_id = :unit ORDER BY id
