using System.Collections.Concurrent;
using EnergyChain.Client;
using EnergyChain.Client.Model;
using EnergyChain.Contracts;
using EnergyChain.Contracts.Views;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;
using EnergyChain.Processes.Nodes;

namespace EnergyChain.CrashTests.Kills;

/// <summary>
/// Clients of the public API: each sends a transfer, a transfer with a memo or an order, waits at whatever node answers
/// until it is final, notes what it was told, and goes on with the next.
/// </summary>
internal sealed class KillLoad(ProcessNetwork network, ChainInfo chain, MarketParameters market, TimeProvider time)
{
    private const ulong GasLimit = 600_000;
    private const ulong ValidForBlocks = 90_000;
    private const int MemoBytes = 700;

    private static readonly TimeSpan Wait = TimeSpan.FromMilliseconds(1_500);
    private static readonly TimeSpan NobodyAnswers = TimeSpan.FromMilliseconds(100);
    private static readonly UInt256 Price = UInt256.FromBigInteger(System.Numerics.BigInteger.Pow(10, 17));

    private readonly ConcurrentDictionary<Hash32, Acknowledgement> _told = [];
    private readonly ConcurrentQueue<string> _contradictions = [];
    private readonly ConcurrentDictionary<int, string> _waiting = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly List<Task> _senders = [];
    private int _turn;

    /// <summary>All that clients were told is final.</summary>
    public IReadOnlyCollection<Acknowledgement> Told => [.. _told.Values];

    public int Count => _told.Count;

    /// <summary>Answers that say something else than an earlier one.</summary>
    public IReadOnlyCollection<string> Contradictions => [.. _contradictions];

    public void Start() => _senders.AddRange(
        Enumerable.Range(1, KillNetwork.Senders).Select(number => Task.Run(() => SendAllAsync(number))));

    /// <summary>Sends no more; what is under way is waited for.</summary>
    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        try
        {
            await Task.WhenAll(_senders).WaitAsync(ProcessNetwork.Patience);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException(
                $"Not final: {string.Join("; ", _waiting.Select(static pair => $"sender {pair.Key}: {pair.Value}"))}. "
                + network.Describe());
        }
    }

    /// <summary>Notes what a node says of a transaction, and whether it said so before.</summary>
    public void Note(Acknowledgement told)
    {
        Acknowledgement known = _told.GetOrAdd(told.Id, told);
        if (!known.Agrees(told))
        {
            _contradictions.Enqueue($"{told.Id}: {told.By} says {told}, {known.By} said {known}");
        }
    }

    private async Task SendAllAsync(int number)
    {
        using SigningKey key = TransferLoad.KeyOf(number);
        for (ulong nonce = 0; !_stop.IsCancellationRequested; nonce++)
        {
            await SendAsync(number, Make(number, nonce, key));
            _waiting.TryRemove(number, out _);
        }
    }

    private async Task SendAsync(int number, Transaction transaction)
    {
        bool isFinal = false;
        while (!isFinal)
        {
            LabNode node = network.Nodes[(int)((uint)Interlocked.Increment(ref _turn) % (uint)network.Nodes.Count)];
            try
            {
                SubmitResult submitted = await node.Client.SubmitAsync(transaction, CancellationToken.None);
                TransactionInfo info = await node.Client.WaitForTransactionAsync(
                    transaction.Id, Wait, CancellationToken.None);
                _waiting[number] = $"nonce {transaction.Body.Nonce} at {node.Name}: {submitted.Refusal}, {info.State}";
                isFinal = info is { State: TransactionState.Final, Receipt: not null };
                if (isFinal)
                {
                    Note(Acknowledgement.Of(transaction.Id, info.Receipt!, node.Name));
                }
            }
            catch (NodeClientException)
            {
                // It is down or was just killed: another one is asked.
                await Task.Delay(NobodyAnswers, time);
            }
        }
    }

    private Transaction Make(int number, ulong nonce, SigningKey key)
    {
        ReadOnlyMemory<byte>? memo = null;
        Address to = key.Address;
        UInt256 value = UInt256.One;
        byte[] data = [];
        if (number % 3 == 1)
        {
            memo = Enumerable.Repeat((byte)(nonce % 256), MemoBytes).ToArray();
        }
        else if (number % 3 == 2)
        {
            uint energyWh = 100 + (uint)(nonce % 50);
            ulong now = (ulong)time.GetUtcNow().ToUnixTimeSeconds() / market.SlotSeconds;
            OrderKind kind = nonce % 2 == 0 ? OrderKind.Buy : OrderKind.Sell;
            to = EnergyMarketContract.Address;
            value = kind == OrderKind.Buy ? market.EscrowFor(energyWh, Price) : market.CollateralFor(energyWh);
            data = EnergyMarketContract.PlaceOrder(now + 3 + nonce, (uint)number, kind, energyWh, Price);
        }

        return new TransactionBody
        {
            ChainId = chain.ChainId,
            Nonce = nonce,
            GasLimit = new Gas(GasLimit),
            GasPrice = chain.GasPrice,
            To = to,
            Value = value,
            Data = data,
            ValidUntil = new Height(ValidForBlocks),
            MemoHash = memo is { } bytes ? Blake2b.Hash(bytes.Span) : Hash32.Zero,
        }.Sign(key, memo: memo);
    }
}
