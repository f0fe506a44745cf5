"""Who asks: tokens, who issues them, and what is believed of them."""
