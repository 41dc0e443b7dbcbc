namespace EnergyChain.Node.Verification;

/// <summary>How far a long command is; written by one thread, read by another.</summary>
/// <param name="total">Blocks, or what else is counted.</param>
internal sealed class WorkProgress(ulong total)
{
    private ulong _done;
    private ulong _transactions;

    public ulong Total { get; } = total;

    public ulong Done => Volatile.Read(ref _done);

    public ulong Transactions => Volatile.Read(ref _transactions);

    /// <summary>So much is done, what was skipped included.</summary>
    public void Reach(ulong done) => Volatile.Write(ref _done, done);

    public void Add(int transactions)
    {
        Volatile.Write(ref _transactions, _transactions + (ulong)transactions);
        Volatile.Write(ref _done, _done + 1);
    }
}
