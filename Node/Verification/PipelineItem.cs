using EnergyChain.Core.Chain;
using EnergyChain.Core.Codec;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Node.Verification;

/// <summary>
/// A block on its way through the pipeline: decoded by one worker, its transactions then verified in portions by all.
/// The counters belong to the pipeline's lock.
/// </summary>
internal sealed class PipelineItem(RawBlock raw)
{
    /// <summary>Signatures of one portion: some 10 ms of work, so that all cores end a block together.</summary>
    public const int PortionSize = 128;

    private readonly Lock _lock = new();
    private CommittedBlock? _block;
    private Hash32? _certifiedBy;
    private ChainFault? _certificateFault;
    private ChainFault? _fault;
    private ChainFault? _transactionFault;
    private int _firstBad = int.MaxValue;

    /// <summary>Bytes of the record.</summary>
    public int Bytes { get; } = raw.Bytes?.Length ?? 0;

    /// <summary>Portions that nobody has taken yet.</summary>
    public int Untaken { get; set; }

    /// <summary>Pieces of work that are not finished: decoding, then the portions.</summary>
    public int Unfinished { get; set; } = 1;

    /// <summary>Decodes the block and checks all but its transactions; gives how many portions these make.</summary>
    public int Decode(KnownTerms terms, ChainId chainId, bool verifiesSignatures)
    {
        if (raw.Bytes is null)
        {
            _fault = new ChainFault(raw.Height, FaultKind.Record, raw.Damage!);
            return 0;
        }

        if (!Bcs.TryDecode(raw.Bytes, out _block, out DecodeError error))
        {
            _fault = new ChainFault(raw.Height, FaultKind.Encoding, $"its bytes are no block: {error}");
            return 0;
        }

        _fault = BlockCheck.Contents(_block.Block);
        if (verifiesSignatures && terms.TryFind(_block.Block.Header.TermHash, out Term? term))
        {
            _certifiedBy = term.Hash;
            _certificateFault = BlockCheck.Certificate(_block, chainId, term);
        }

        int count = _block.Block.Transactions.Count;
        return verifiesSignatures && _fault is null ? (count + PortionSize - 1) / PortionSize : 0;
    }

    /// <summary>Verifies the transactions of a portion, up to the first that does not hold.</summary>
    public void Verify(int portion)
    {
        Block block = _block!.Block;
        int end = Math.Min((portion + 1) * PortionSize, block.Transactions.Count);
        for (int index = portion * PortionSize; index < end; index++)
        {
            if (BlockCheck.Transaction(block.Height, index, block.Transactions[index]) is { } fault)
            {
                Keep(index, fault);
                return;
            }
        }
    }

    public CheckedBlock Result()
    {
        int erased = 0;
        foreach (Transaction transaction in _block?.Block.Transactions ?? [])
        {
            erased += transaction.Memo is null && !transaction.Body.MemoHash.IsZero ? 1 : 0;
        }

        return new CheckedBlock(
            raw.Height, Bytes, _block, _certifiedBy, _certificateFault, _fault ?? _transactionFault)
        {
            ErasedMemos = erased,
        };
    }

    private void Keep(int index, ChainFault fault)
    {
        lock (_lock)
        {
            if (index < _firstBad)
            {
                (_firstBad, _transactionFault) = (index, fault);
            }
        }
    }
}
