"""Other people's formats: CSV, later XLSX, NIST ERR, Sirekap and Situng."""
