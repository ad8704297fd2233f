INSERT OR REPLACE INTO place (module_id, address, depth, function_id, file_id, line)
VALUES (:module, :address, :depth, :function, :file, :line)
