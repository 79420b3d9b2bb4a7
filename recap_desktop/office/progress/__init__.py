"""How far everything is: totals, lists of TPS, what is lacking, pace."""
