using System.Numerics;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Codec;
using EnergyChain.Core.Primitives;
using Proto = EnergyChain.Protocol.V1;

namespace EnergyChain.Benchmarks.Load;

/// <summary>
/// What must hold of every run, read from the nodes when the load is over: one chain, one state, every accepted
/// transaction in exactly one block, no money made or lost. Gathers what does not.
/// </summary>
internal sealed class ChainAudit(LoadNetwork network)
{
    private const int AccountsAtOnce = 16;

    private readonly List<string> _violations = [];
    private readonly Dictionary<Hash32, ulong> _heights = [];
    private readonly List<Transaction> _calls = [];

    public IReadOnlyList<string> Violations => _violations;

    /// <summary>The height of the block of each transaction; known after <see cref="RunAsync"/>.</summary>
    public IReadOnlyDictionary<Hash32, ulong> Heights => _heights;

    /// <summary>All calls of contracts, in the order of the chain; known after <see cref="RunAsync"/>.</summary>
    public IReadOnlyList<Transaction> Calls => _calls;

    public async Task RunAsync(IReadOnlyList<Lane> lanes, CancellationToken cancellationToken)
    {
        await CheckHeadsAsync(cancellationToken);
        Dictionary<Address, ulong> sent = await ReadBlocksAsync(cancellationToken);
        CheckOffers(lanes);
        await CheckAccountsAsync(sent, cancellationToken);
    }

    public void Violated(string what) => _violations.Add(what);

    // A node's own state after its head is what the header after it states, which a quorum has signed.
    private async Task CheckHeadsAsync(CancellationToken cancellationToken)
    {
        LoadNode witness = network.Nodes[0];
        foreach (LoadNode node in network.Nodes)
        {
            Proto.NodeStatus status = await node.GetStatusAsync(cancellationToken);
            await network.UntilAsync(witness, other => other.Height > status.Height, cancellationToken);
            Proto.Block head = await BlockAsync(witness, status.Height, false, cancellationToken);
            Proto.Block next = await BlockAsync(witness, status.Height + 1, false, cancellationToken);
            if (head.Hash != status.HeadHash)
            {
                Violated($"{node.Name} has another block {status.Height} than {witness.Name}");
            }

            if (next.ParentStateRoot != status.StateRoot)
            {
                Violated($"{node.Name} has another state after block {status.Height} than the chain");
            }
        }
    }

    private async Task<Dictionary<Address, ulong>> ReadBlocksAsync(CancellationToken cancellationToken)
    {
        LoadNode witness = network.Nodes[0];
        Proto.NodeStatus status = await witness.GetStatusAsync(cancellationToken);
        Dictionary<Address, ulong> sent = [];
        for (ulong height = 1; height <= status.Height; height++)
        {
            Proto.Block message = await BlockAsync(witness, height, true, cancellationToken);
            if (!Bcs.TryDecode(message.Raw.Span, out CommittedBlock? block, out DecodeError error))
            {
                Violated($"block {height} is not canonical: {error}");
                continue;
            }

            foreach (Transaction transaction in block.Block.Transactions)
            {
                if (!transaction.Body.Data.IsEmpty)
                {
                    _calls.Add(transaction);
                }

                sent[transaction.Sender] = sent.GetValueOrDefault(transaction.Sender) + 1;
                if (!_heights.TryAdd(transaction.Id, height))
                {
                    Violated($"transaction {transaction.Id} is in blocks {_heights[transaction.Id]} and {height}");
                }
            }
        }

        return sent;
    }

    private void CheckOffers(IReadOnlyList<Lane> lanes)
    {
        long lost = 0;
        foreach (Lane lane in lanes)
        {
            for (int index = 0; index < lane.Count; index++)
            {
                lost += lane.States[index] == OfferState.Accepted && !_heights.ContainsKey(lane.Ids[index]) ? 1 : 0;
            }
        }

        if (lost > 0)
        {
            Violated($"{lost} accepted transactions are in no block");
        }
    }

    private async Task CheckAccountsAsync(Dictionary<Address, ulong> sent, CancellationToken cancellationToken)
    {
        Dictionary<Address, BigInteger> before = network.Genesis.Accounts.ToDictionary(
            account => account.Address, account => account.Balance.ToBigInteger());
        BigInteger supply = BigInteger.Zero;
        ParallelOptions options = new()
        {
            MaxDegreeOfParallelism = AccountsAtOnce,
            CancellationToken = cancellationToken,
        };
        Lock adding = new();
        await Parallel.ForEachAsync(before.Keys.Union(sent.Keys), options, async (address, cancellation) =>
        {
            LoadNode node = network.Nodes[0];
            Proto.Account account = await node.ReadAsync(
                call => node.Chain.GetAccountAsync(new() { Address = address.ToString() }, call), cancellation);
            lock (adding)
            {
                supply += BigInteger.Parse(account.Balance, System.Globalization.CultureInfo.InvariantCulture);
                if (sent.TryGetValue(address, out ulong count) && account.Nonce != count)
                {
                    Violated($"{address} has nonce {account.Nonce} after {count} transactions");
                }
            }
        });
        BigInteger first = before.Values.Aggregate(BigInteger.Zero, BigInteger.Add);
        if (supply != first)
        {
            Violated($"all accounts together have {supply} base units; the genesis gave them {first}");
        }
    }

    private static Task<Proto.Block> BlockAsync(
        LoadNode node, ulong height, bool raw, CancellationToken cancellationToken) => node.ReadAsync(
        call => node.Chain.GetBlockAsync(new() { Height = height, IncludeRaw = raw }, call), cancellationToken);
}
