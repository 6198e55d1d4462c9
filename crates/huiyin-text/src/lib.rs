//! Language: what knows Chinese and knows no case. Nothing is here yet; search, similar cases and proposals by meaning will be.
