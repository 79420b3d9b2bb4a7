"""Records: canonical bytes, chains, kinds and their soundness, who may make which."""
