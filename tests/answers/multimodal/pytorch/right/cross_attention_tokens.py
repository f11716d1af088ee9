"""Every column of the table becomes a token, and those tokens look at the words of the name (cross-attention)."""
# expect: full marks
# %% model
class CrossAttentionNet(nn.Module):
    def __init__(self, columns, vocab, dim=16, heads=2):
        super().__init__()
        self.column_weight = nn.Parameter(torch.randn(columns, dim) * 0.1)
        self.column_bias = nn.Parameter(torch.randn(columns, dim) * 0.1)
        self.word_embedding = nn.Embedding(vocab, dim, padding_idx=0)
        self.table_norm, self.word_norm = nn.LayerNorm(dim), nn.LayerNorm(dim)
        self.attention = nn.MultiheadAttention(dim, heads, batch_first=True)
        self.head = nn.Sequential(nn.LayerNorm(dim), nn.Linear(dim, dim), nn.GELU(), nn.Linear(dim, 1))

    def forward(self, structured, names):
        tokens = self.table_norm(structured.unsqueeze(-1) * self.column_weight + self.column_bias)
        words = self.word_norm(self.word_embedding(names))
        attended, _ = self.attention(tokens, words, words, key_padding_mask=names == 0, need_weights=False)
        return self.head((tokens + attended).mean(dim=1)).squeeze(-1)


_table, _words, _ = prepare(train, train)
model = CrossAttentionNet(_table.shape[1], int(_words.max()) + 1)
fusion = "intermediate"
# %% train
optimizer = torch.optim.Adam(model.parameters(), lr=2e-3, weight_decay=1e-3)
losses = []
EPOCHS = 30
for epoch in range(EPOCHS):
    model.train()
    total = 0.0
    for structured, names, survived in train_data:
        optimizer.zero_grad()
        loss = loss_function(model(structured, names), survived)
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        total += loss.item()
    losses.append(total / len(train_data))
plt.plot(losses)
plt.show()
