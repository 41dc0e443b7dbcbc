using EnergyChain.Benchmarks.Load.Workloads;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Codec;
using EnergyChain.Core.Primitives;
using Google.Protobuf;

namespace EnergyChain.Benchmarks.Load;

/// <summary>
/// The transactions that enter by one node, signed, and encoded as the entries of a SubmitTransactionsRequest one
/// after the other: a batch is a stretch of these bytes. What became of each is noted beside it.
/// </summary>
internal sealed class Lane
{
    private const uint EntryTag = (1 << 3) | (uint)WireFormat.WireType.LengthDelimited;

    // By their first index: who is refused offers the oldest first, as a client does whose later ones wait for it.
    private readonly PriorityQueue<OfferBatch, int> _again = new();
    private readonly Lock _lock = new();
    private readonly byte[] _bytes;
    private readonly int[] _ends;
    private int _next;

    private Lane(byte[] bytes, int[] ends, Hash32[] ids, Address[] senders)
    {
        _bytes = bytes;
        _ends = ends;
        Ids = ids;
        Senders = senders;
        OfferedAt = new long[ids.Length];
        States = new OfferState[ids.Length];
    }

    public int Count => Ids.Length;

    public Hash32[] Ids { get; }

    /// <summary>Each one's sender; those of one sender follow one another by nonce.</summary>
    public Address[] Senders { get; }

    /// <summary>When each was offered last, as a timestamp; 0 for never.</summary>
    public long[] OfferedAt { get; }

    public OfferState[] States { get; }

    /// <summary>Whether anything is to be offered again.</summary>
    public bool HasBack
    {
        get
        {
            lock (_lock)
            {
                return _again.Count > 0;
            }
        }
    }

    /// <summary>Signs on all processors.</summary>
    public static Lane Sign(ILoadWorkload workload, int lane, int count)
    {
        byte[][] entries = new byte[count][];
        Hash32[] ids = new Hash32[count];
        Address[] senders = new Address[count];
        Parallel.For(0, count, index =>
        {
            Transaction transaction = workload.Sign(lane, index);
            ids[index] = transaction.Id;
            senders[index] = transaction.Sender;
            entries[index] = EntryOf(Bcs.Encode(transaction));
        });
        byte[] bytes = new byte[entries.Sum(entry => (long)entry.Length)];
        int[] ends = new int[count];
        int end = 0;
        for (int index = 0; index < count; index++)
        {
            entries[index].CopyTo(bytes, end);
            end += entries[index].Length;
            ends[index] = end;
        }

        return new Lane(bytes, ends, ids, senders);
    }

    /// <summary>
    /// The next to offer, what came back first and of that the oldest: the nonces after it wait for it. Null where
    /// nothing is left. For one caller.
    /// </summary>
    public OfferBatch? Take(int count)
    {
        lock (_lock)
        {
            if (_again.TryDequeue(out OfferBatch? again, out _))
            {
                return again;
            }
        }

        int from = _next;
        _next = Math.Min(from + count, Count);
        return from == _next ? null : new OfferBatch(this, from, _next);
    }

    /// <summary>To be offered again. Thread-safe.</summary>
    public void PutBack(OfferBatch batch)
    {
        lock (_lock)
        {
            _again.Enqueue(batch, batch.From);
        }
    }

    /// <summary>The request that offers a stretch of them.</summary>
    public ReadOnlySpan<byte> RequestOf(OfferBatch batch)
    {
        int start = batch.From == 0 ? 0 : _ends[batch.From - 1];
        return _bytes.AsSpan(start, _ends[batch.To - 1] - start);
    }

    private static byte[] EntryOf(byte[] transaction)
    {
        byte[] entry = new byte[
            CodedOutputStream.ComputeTagSize(1) + CodedOutputStream.ComputeLengthSize(transaction.Length)
            + transaction.Length];
        using CodedOutputStream output = new(entry);
        output.WriteTag(EntryTag);
        output.WriteBytes(UnsafeByteOperations.UnsafeWrap(transaction));
        return entry;
    }
}
