INSERT INTO line_allocs (process_id, function_id, file_id, line, below, allocs, bytes, frees, freed_bytes, temporary,
                         failed, peak_bytes, at_peak_bytes, sites)
VALUES (:process, :function, :file, :line, :below, :allocs, :bytes, :frees, :freed_bytes, :temporary, :failed,
        :peak_bytes, :at_peak_bytes, :sites)
