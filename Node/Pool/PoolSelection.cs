using System.Buffers;
using EnergyChain.Core;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;
using EnergyChain.Vm.State;

namespace EnergyChain.Node.Pool;

/// <summary>
/// Chooses transactions for one block: in turns of <see cref="TurnSize"/> for each sender, in a turn by order of
/// arrival, each sender's by nonce without gaps, and only what the accounts can pay. So who floods the pool waits
/// behind itself, and who sends little gets into the next block. What accounts cannot pay takes no room from others;
/// what the block credits in between counts only in the next one, so that nothing chosen can fail for want of coin.
/// Costs what the turns that are needed hold, and not what the pool holds. For one selection.
/// </summary>
/// <param name="gasLimit">What the chosen may state together.</param>
/// <param name="enough">Once they weigh so much (<see cref="WeightOf"/>) nothing more is chosen.</param>
/// <param name="maxBytes">Bytes in a block.</param>
/// <param name="maxCount">Transactions.</param>
/// <param name="state">The state after the parent block.</param>
internal sealed class PoolSelection(Gas gasLimit, Gas enough, int maxBytes, int maxCount, IStateReader state)
{
    /// <summary>Transactions of one sender before others have their turn.</summary>
    public const int TurnSize = 4;

    private const ulong WeightOfOne = 100_000;

    private readonly List<Transaction> _chosen = [];
    private int _selection;
    private ulong _gas;
    private ulong _weight;
    private long _bytesLeft = maxBytes;

    private bool IsFull => _chosen.Count >= maxCount || _weight >= enough.Value;

    /// <summary>
    /// What a transaction takes of the nodes: the gas that it states, and for verifying, passing on and storing it as
    /// much as 100,000 gas take, about 0.1 ms.
    /// </summary>
    public static Gas WeightOf(Transaction transaction) => new(transaction.Body.GasLimit.Value + WeightOfOne);

    /// <summary>What no block that the chain allows weighs more than.</summary>
    public static Gas WeightOfFullBlock(ChainParameters parameters) =>
        new(parameters.BlockGasLimit.Value + (Limits.MaxBlockTransactions * WeightOfOne));

    public List<Transaction> Select(PoolContents contents)
    {
        _selection = contents.NewSelection();
        Lane[] lanes = ArrayPool<Lane>.Shared.Rent(contents.Accounts.Count);
        int count = Enter(contents, lanes);
        ulong[] since = ArrayPool<ulong>.Shared.Rent(count * TurnSize);
        Run[] runs = ArrayPool<Run>.Shared.Rent(count * TurnSize);
        _chosen.EnsureCapacity(Math.Min(contents.Ready, maxCount));
        while (count > 0 && !IsFull)
        {
            int length = FindTurn(lanes.AsSpan(0, count), since, runs);
            Array.Sort(since, runs, 0, length);
            foreach (Run run in runs.AsSpan(0, length))
            {
                Take(ref lanes[run.Lane], run.Length);
            }

            count = Compact(lanes, count);
        }

        ArrayPool<Lane>.Shared.Return(lanes, clearArray: true);
        ArrayPool<ulong>.Shared.Return(since);
        ArrayPool<Run>.Shared.Return(runs);
        return _chosen;
    }

    // The state's word and not the queue's: a block may be in the state that the pool is not told of yet.
    private int Enter(PoolContents contents, Lane[] lanes)
    {
        int count = 0;
        foreach (PoolAccount account in contents.Accounts)
        {
            if (account.Queue is { } queue)
            {
                int next = queue.IndexOf(account.Enter(_selection, state));
                if (next >= 0)
                {
                    lanes[count++] = new Lane(queue, next);
                }
            }
        }

        return count;
    }

    // A transaction that came before one with a lower nonce has waited for that one, and so stands right behind it:
    // they make a run. Runs are ordered by the unique sequence of their first, so that in which the lanes come does
    // not count.
    private static int FindTurn(ReadOnlySpan<Lane> lanes, ulong[] since, Run[] runs)
    {
        int length = 0;
        for (int lane = 0; lane < lanes.Length; lane++)
        {
            SenderQueue queue = lanes[lane].Queue;
            int first = lanes[lane].Next;
            int end = Math.Min(first + TurnSize, lanes[lane].End);
            for (int i = first; i < end; i++)
            {
                ulong sequence = queue[i].Sequence;
                if (i > first && sequence < since[length - 1])
                {
                    runs[length - 1].Length++;
                }
                else
                {
                    since[length] = sequence;
                    runs[length++] = new Run { Lane = lane, Length = 1 };
                }
            }
        }

        return length;
    }

    // A sender whose transaction does not fit is left out from there on; smaller ones of others may still fit.
    private void Take(ref Lane lane, int count)
    {
        for (int i = 0; i < count && lane.Next < lane.End && !IsFull; i++)
        {
            PoolEntry entry = lane.Queue[lane.Next];
            Transaction transaction = entry.Transaction;
            ulong gas = transaction.Body.GasLimit.Value;
            int bytes = transaction.BlockLength;
            if (gas > gasLimit.Value - _gas || bytes > _bytesLeft || !TrySpend(entry))
            {
                lane.End = lane.Next;
                return;
            }

            _gas += gas;
            _weight += WeightOf(transaction).Value;
            _bytesLeft -= bytes;
            lane.Next++;
            _chosen.Add(transaction);
        }
    }

    // Takes the entry's greatest cost from sender and payer, or nothing.
    private bool TrySpend(PoolEntry entry)
    {
        PoolAccount sender = entry.Sender;
        PoolAccount payer = entry.Payer;
        UInt256 gas = entry.GasCost;
        if (payer == sender)
        {
            return !UInt256.AddOverflows(entry.ValueCost, gas, out UInt256 both) && TrySpend(sender, both);
        }

        payer.Enter(_selection, state);
        return payer.Left >= gas && TrySpend(sender, entry.ValueCost) && TrySpend(payer, gas);
    }

    private static bool TrySpend(PoolAccount account, in UInt256 amount)
    {
        if (UInt256.SubtractUnderflows(account.Left, amount, out UInt256 left))
        {
            return false;
        }

        account.Left = left;
        return true;
    }

    private static int Compact(Lane[] lanes, int count)
    {
        int kept = 0;
        for (int i = 0; i < count; i++)
        {
            if (lanes[i].Next < lanes[i].End)
            {
                lanes[kept++] = lanes[i];
            }
        }

        return kept;
    }

    // What a sender has for the block: from the next that would be chosen on, up to its first gap.
    private struct Lane(SenderQueue queue, int next)
    {
        public readonly SenderQueue Queue = queue;
        public int Next = next;
        public int End = queue.EndOfRun(next);
    }

    private struct Run
    {
        public int Lane;
        public int Length;
    }
}
