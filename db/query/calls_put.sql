INSERT INTO calls VALUES (?1, ?2, ?3) ON CONFLICT (process_id, function_id) DO UPDATE SET calls = calls + excluded.calls
