using System.Diagnostics.CodeAnalysis;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Index;
using EnergyChain.Node.Tests.Api;

namespace EnergyChain.Node.Tests.Index;

/// <summary>Blocks in a list, and what of them a dumb index would hold.</summary>
internal sealed class ListSource : IIndexSource
{
    private static readonly PublicKey[] Keys =
        [.. Enumerable.Range(1, 6).Select(static number => TestKeys.Of((byte)number).PublicKey)];

    private readonly List<(CommittedBlock Block, IReadOnlyList<Receipt> Receipts)> _blocks = [];
    private ulong _nonce;

    public Height First { get; set; } = new(1);

    public Height Last => new((ulong)_blocks.Count);

    /// <summary>
    /// A height that is not given, as of a damaged record or a head whose receipts are not stored yet.
    /// </summary>
    public Height? Unready { get; set; }

    /// <summary>How often a block was read.</summary>
    public int Reads { get; private set; }

    /// <summary>Postings of the blocks from a height on, by key, ascending.</summary>
    public Dictionary<IndexKey, List<ulong>> Postings(Height from)
    {
        Dictionary<IndexKey, List<ulong>> all = [];
        foreach ((IndexKey key, ulong position) in Rows(from).SelectMany(rows => rows.Postings.All()))
        {
            if (!all.TryGetValue(key, out List<ulong>? positions))
            {
                all.Add(key, positions = []);
            }

            if (positions.Count == 0 || positions[^1] != position)
            {
                positions.Add(position);
            }
        }

        return all;
    }

    public IEnumerable<BlockRows> Rows(Height from) => _blocks
        .Where(block => block.Block.Block.Height >= from)
        .Select(block => BlockRows.Of(block.Block, block.Receipts));

    /// <summary>Appends a block of so many transactions that follow from a number.</summary>
    public void Append(int seed, int transactions)
    {
        Random random = new(seed);
        List<Transaction> included = [];
        List<Receipt> receipts = [];
        for (int i = 0; i < transactions; i++)
        {
            Transaction transaction = NewTransaction(random);
            included.Add(transaction);
            LogEntry[] logs = [.. Enumerable.Range(0, random.Next(4)).Select(_ => NewLog(random))];
            receipts.Add(new Receipt(
                transaction.Id, random.Next(5) > 0, new Gas(21_000), null, logs, ReadOnlyMemory<byte>.Empty));
        }

        Append(included, receipts);
    }

    public void Append(IReadOnlyList<Transaction> transactions, IReadOnlyList<Receipt> receipts)
    {
        Hash32 parent = Last.Value == 0 ? default : _blocks[^1].Block.Block.Hash;
        _blocks.Add((BareBlock.At(Last.Next, parent, transactions), receipts));
    }

    /// <summary>Takes the newest blocks away, as a chain that was restored from a copy.</summary>
    public void Cut(Height last) => _blocks.RemoveRange((int)last.Value, _blocks.Count - (int)last.Value);

    public bool Holds(Height height, Hash32 hash) =>
        height <= Last && height.Value > 0 && _blocks[(int)height.Value - 1].Block.Block.Hash == hash;

    public bool TryRead(
        Height height,
        [NotNullWhen(true)] out CommittedBlock? block,
        [NotNullWhen(true)] out IReadOnlyList<Receipt>? receipts)
    {
        Reads++;
        bool found = height >= First && height <= Last && height != Unready;
        (block, receipts) = found ? _blocks[(int)height.Value - 1] : (null, null);
        return found;
    }

    public bool TryReadTime(Height height, out BlockTime time)
    {
        time = BareBlock.TimeOf(height);
        return height >= First && height <= Last;
    }

    private Transaction NewTransaction(Random random)
    {
        Address? feePayer = random.Next(4) == 0 ? Keys[random.Next(Keys.Length)].ToAddress() : null;
        return new Transaction(
            new TransactionBody
            {
                ChainId = BareBlock.ChainId,
                Nonce = _nonce++,
                GasLimit = new Gas(21_000),
                GasPrice = 1_000_000_000,
                To = random.Next(8) == 0 ? null : Keys[random.Next(Keys.Length)].ToAddress(),
                Value = (ulong)random.NextInt64(),
                Data = new byte[random.Next(10)],
                ValidUntil = new Height(100),
                FeePayer = feePayer,
            },
            Keys[random.Next(Keys.Length)],
            default);
    }

    private LogEntry NewLog(Random random)
    {
        ulong slot = (ulong)random.Next(1, 5);
        Address account = Keys[random.Next(Keys.Length)].ToAddress();
        ulong order = (ulong)random.Next(1, 50);
        uint site = (uint)random.Next(1, 6);
        switch (random.Next(6))
        {
            case 0:
                return TestEvents.Order(slot, order, site, account, buy: true, 500);
            case 1:
                return TestEvents.Trade(slot, order, order, order + 1, account, Keys[0].ToAddress(), 20);
            case 2:
                return TestEvents.Record(slot, account, site, 400);
            case 3:
                return TestEvents.Market("OrderClosed", slot, order, (ulong)site, 200UL, 20UL);
            case 4:
                return TestEvents.Settled(slot, order, 500, 400);
            default:
                byte[] data = new byte[random.Next(200)];
                random.NextBytes(data);
                Hash32[] topics =
                    [.. Enumerable.Range(0, random.Next(5)).Select(i => Blake2b.Hash([(byte)i, (byte)random.Next(3)]))];
                return new LogEntry(Address.FromNumber((uint)random.Next(3)), topics, data);
        }
    }
}
