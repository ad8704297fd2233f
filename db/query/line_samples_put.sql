INSERT INTO line_samples (process_id, function_id, file_id, line, below, samples)
VALUES (:process, :function, :file, :line, :below, :samples)
