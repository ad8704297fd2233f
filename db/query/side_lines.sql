-- Lines from the first one of a unit on; those of the unit's functions come first.
SELECT id, function_id, file_id, line, in_loop FROM line WHERE id >= :first ORDER BY id
