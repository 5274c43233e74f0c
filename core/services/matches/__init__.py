"""From a proposal to a signed engagement and its end, whoever began it: a run, a coordinator or a volunteer."""
