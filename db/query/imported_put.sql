INSERT INTO imported (process_id, format, file, hits, calls) VALUES (:process, :format, :file, :hits, :calls)
