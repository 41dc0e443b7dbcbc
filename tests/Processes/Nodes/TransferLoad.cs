using System.Collections.Concurrent;
using EnergyChain.Client;
using EnergyChain.Client.Model;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Setup;

namespace EnergyChain.Processes.Nodes;

/// <summary>
/// Accounts that send one signed transfer after the other, each through the next node, and offer it to another where
/// it is not final soon: the node that took it may have been killed with its pool.
/// </summary>
public sealed class TransferLoad
{
    private const ulong GasLimit = 21_000;
    private const ulong ValidForBlocks = 90_000;

    private static readonly TimeSpan OfferAgain = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan NobodyTakes = TimeSpan.FromMilliseconds(250);

    private readonly IReadOnlyList<LabNode> _nodes;
    private readonly ChainInfo _chain;
    private readonly ConcurrentDictionary<Hash32, TaskCompletionSource> _waiting = [];
    private readonly ConcurrentDictionary<Hash32, bool> _accepted = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly List<Task> _senders = [];
    private int _turn;

    private TransferLoad(IReadOnlyList<LabNode> nodes, ChainInfo chain)
    {
        _nodes = nodes;
        _chain = chain;
    }

    /// <summary>Transfers that a node has admitted.</summary>
    public IReadOnlyCollection<Hash32> Accepted => [.. _accepted.Keys];

    /// <summary>The key of a sender, from 1.</summary>
    public static SigningKey KeyOf(int number) => DevelopmentKeys.SiteAccount(number);

    public static async Task<TransferLoad> StartAsync(
        IReadOnlyList<LabNode> nodes, int senders, CancellationToken cancellation)
    {
        ChainInfo chain = await nodes.First(node => node.IsAwake).Client.GetChainAsync(cancellation);
        TransferLoad load = new(nodes, chain);
        load._senders.AddRange(Enumerable.Range(1, senders).Select(number => Task.Run(() => load.SendAsync(number))));
        return load;
    }

    /// <summary>Tells it of a final block, as often as there are nodes that tell.</summary>
    public void OnBlock(SeenBlock seen)
    {
        foreach (Hash32 id in seen.Block.TransactionIds)
        {
            if (_waiting.TryGetValue(id, out TaskCompletionSource? waiting))
            {
                waiting.TrySetResult();
            }
        }
    }

    /// <summary>Sends no more and waits until all that was sent is final.</summary>
    public async Task StopAsync(TimeSpan patience)
    {
        await _stop.CancelAsync();
        try
        {
            await Task.WhenAll(_senders).WaitAsync(patience);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException(
                $"Not within {patience.TotalSeconds:0} s: {_waiting.Count} transfers to be final.");
        }
    }

    private async Task SendAsync(int number)
    {
        using SigningKey key = KeyOf(number);
        for (ulong nonce = 0; !_stop.IsCancellationRequested; nonce++)
        {
            Transaction transfer = new TransactionBody
            {
                ChainId = _chain.ChainId,
                Nonce = nonce,
                GasLimit = new Gas(GasLimit),
                GasPrice = _chain.GasPrice,
                To = key.Address,
                Value = UInt256.One,
                ValidUntil = new Height(ValidForBlocks),
            }.Sign(key);
            TaskCompletionSource final = new(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting[transfer.Id] = final;
            await OfferAsync(transfer, final.Task);
            _waiting.TryRemove(transfer.Id, out _);
        }
    }

    private async Task OfferAsync(Transaction transfer, Task final)
    {
        while (!final.IsCompleted)
        {
            bool taken = false;
            for (int tries = 0; tries < _nodes.Count && !taken; tries++)
            {
                LabNode node = _nodes[(int)((uint)Interlocked.Increment(ref _turn) % (uint)_nodes.Count)];
                taken = node.IsAwake && await TryOfferAsync(node, transfer);
            }

            await Task.WhenAny(final, OverAsync(final, taken ? OfferAgain : NobodyTakes));
        }
    }

    private async Task<bool> TryOfferAsync(LabNode node, Transaction transfer)
    {
        try
        {
            SubmitResult answer = await node.Client.SubmitAsync(transfer, CancellationToken.None);
            if (answer.Refusal == TransactionRefusal.None)
            {
                _accepted[transfer.Id] = true;
            }

            // With the nonce used it is in a block already, which a watch will tell.
            return answer.Refusal is TransactionRefusal.None
                or TransactionRefusal.AlreadyKnown
                or TransactionRefusal.NonceTooLow;
        }
        catch (NodeClientException)
        {
            return false;
        }
    }

    private static async Task OverAsync(Task final, TimeSpan patience)
    {
        try
        {
            await final.WaitAsync(patience);
        }
        catch (TimeoutException)
        {
            // It is offered again.
        }
    }
}
