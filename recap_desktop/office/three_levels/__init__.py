"""The demo of three levels: real figures of a kabupaten played from the TPS to the provinsi."""
