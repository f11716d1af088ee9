"""A gate behind both encoders decides per feature whom to trust."""
# expect: full marks
# %% model
class GatedMultimodalUnit(nn.Module):
    """Arevalo et al. (2017): h = z * h_table + (1 - z) * h_text."""

    def __init__(self, d_table, n_words, h=16):
        super().__init__()
        self.table = nn.Linear(d_table, h)
        self.text = nn.EmbeddingBag(n_words, h, mode="sum", padding_idx=0)
        self.gate = nn.Linear(2 * h, h)
        self.head = nn.Linear(h, 1)

    def forward(self, structured, names):
        h_t = torch.tanh(self.table(structured))
        h_n = torch.tanh(self.text(names))
        z = torch.sigmoid(self.gate(torch.cat([h_t, h_n], dim=-1)))
        return self.head(z * h_t + (1 - z) * h_n).squeeze(-1)


_s, _n, _y = prepare(train, train)
model = GatedMultimodalUnit(_s.shape[1], _n.max() + 1)
fusion = "intermediate"
