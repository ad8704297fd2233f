-- A unit may register twice (a library unloaded and loaded again): its hits add up.
INSERT INTO hits VALUES (?1, ?2, ?3) ON CONFLICT (process_id, line_id) DO UPDATE SET hits = hits + excluded.hits
