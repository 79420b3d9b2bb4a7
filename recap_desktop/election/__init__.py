"""What is counted: values and rules. Pure: no clock, no disk, no SQL, no Qt."""
