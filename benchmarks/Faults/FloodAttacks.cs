using System.Net.Sockets;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Execution;
using EnergyChain.Node.Network;
using EnergyChain.Node.Network.Links;
using EnergyChain.Node.Network.Wire;
using EnergyChain.Node.Setup;

namespace EnergyChain.Benchmarks.Faults;

/// <summary>What the attacker does, each until it is cancelled. Counts its acts.</summary>
internal sealed class FloodAttacks(FloodNetwork network, CancellationToken stop)
{
    private const int BatchSize = 200;
    private const int SlowReaders = 16;
    private const int IdleConnections = 1_000;

    private long _acts;
    private int _keys = 50_000;

    public long Acts => Interlocked.Read(ref _acts);

    private IChain Chain => network.Relay.Chain;

    /// <summary>
    /// Valid transfers of many accounts, as fast as the relay takes them. Signed before, as an attacker elsewhere
    /// would.
    /// </summary>
    public Task TransactionsAsync() => BatchesAsync(static transaction => transaction);

    /// <summary>Transfers whose signatures do not hold; a new key whenever the old one is banned.</summary>
    public Task BadSignaturesAsync() => BatchesAsync(static transaction =>
    {
        byte[] signature = transaction.Signature.ToArray();
        signature[0] ^= 1;
        return new Transaction(transaction.Body, transaction.PublicKey, new Signature(signature), null);
    });

    /// <summary>The fourth member signs votes of every round and height ahead, to every validator.</summary>
    public async Task FutureVotesAsync()
    {
        using SigningKey key = DevelopmentKeys.Validator(FloodNetwork.AttackerMember);
        await Task.WhenAll(network.Validators.Select(async address =>
        {
            while (!stop.IsCancellationRequested)
            {
                using FloodPeer? peer = await FloodPeer.LinkAsync(address, key, Chain);
                peer?.Drain();
                for (uint number = 0; peer is not null && await SendAsync(peer.Main, VoteOf(key, number)); number++)
                {
                    Interlocked.Increment(ref _acts);
                }

                await PauseAsync();
            }
        }));
    }

    /// <summary>A thousand connections to a validator and to the relay, opened again when they are ended.</summary>
    public async Task IdleConnectionsAsync()
    {
        Queue<TcpClient> open = [];
        PeerAddress[] targets = [network.Validators[0], network.RelayAddress];
        while (!stop.IsCancellationRequested)
        {
            foreach (PeerAddress target in targets)
            {
                TcpClient client = new();
                await client.ConnectAsync(target.Host, target.Port);
                open.Enqueue(client);
                Interlocked.Increment(ref _acts);
            }

            if (open.Count > IdleConnections)
            {
                open.Dequeue().Dispose();
                open.Dequeue().Dispose();
                await PauseAsync();
            }
        }

        foreach (TcpClient client in open)
        {
            client.Dispose();
        }
    }

    /// <summary>Peers that ask for blocks and read none.</summary>
    public Task SlowReadersAsync() => Task.WhenAll(Enumerable.Range(0, SlowReaders).Select(async _ =>
    {
        while (!stop.IsCancellationRequested)
        {
            using SigningKey key = NewKey();
            using FloodPeer? peer = await FloodPeer.LinkAsync(network.RelayAddress, key, Chain);
            Frame request = new() { RangeRequest = new RangeRequest { FromHeight = 1, MaxBlocks = 256 } };
            while (peer is not null && await SendAsync(peer.Main, request))
            {
                Interlocked.Increment(ref _acts);
            }

            await PauseAsync();
        }
    }));

    private async Task BatchesAsync(Func<Transaction, Transaction> change)
    {
        FloodTransfers transfers = new(network, change);
        await Task.Yield();
        while (!stop.IsCancellationRequested)
        {
            using SigningKey key = NewKey();
            using FloodPeer? peer = await FloodPeer.LinkAsync(network.RelayAddress, key, Chain);
            peer?.Drain();
            while (peer is not null)
            {
                TransactionBatch batch = new();
                for (int i = 0; i < BatchSize; i++)
                {
                    batch.Transactions.Add(transfers.Next());
                }

                if (!await SendAsync(peer.Transactions, new Frame { Transactions = batch }))
                {
                    break;
                }

                Interlocked.Add(ref _acts, BatchSize);
            }

            await PauseAsync();
        }
    }

    private Frame VoteOf(SigningKey key, uint number)
    {
        Height height = new(Chain.Head.Height.Value + 1 + (number % 3));
        Round round = new(number % 200);

        // One hash for each step: two would be evidence, and the attacker soon be suspended and kept out.
        Hash32 hash = Blake2b.Hash([.. BitConverter.GetBytes(height.Value), .. BitConverter.GetBytes(round.Value)]);
        byte[] signed = Vote.SignedBytes(VoteType.Prevote, height, round, hash);
        Signature signature = key.Sign(SigningDomain.Vote, network.Genesis.ChainId, signed);
        Vote vote = new(
            VoteType.Prevote, height, round, hash, Chain.Head.Council.IndexOf(key.PublicKey), signature);
        return new Frame { Vote = Frames.Pack(vote) };
    }

    private SigningKey NewKey() => DevelopmentKeys.Relay(Interlocked.Increment(ref _keys));

    private async Task<bool> SendAsync(IFrameStream stream, Frame frame)
    {
        try
        {
            await stream.WriteAsync(frame).WaitAsync(stop);
            return true;
        }
        catch (Exception failure) when (FrameFailure.IsExpected(failure))
        {
            return false;
        }
    }

    private static Task PauseAsync() => Task.Delay(10);
}
