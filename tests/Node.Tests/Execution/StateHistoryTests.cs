using CsCheck;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;
using EnergyChain.Ledger.State;
using EnergyChain.Node.Execution;
using EnergyChain.Node.Tests.Fakes;
using EnergyChain.Vm.State;

namespace EnergyChain.Node.Tests.Execution;

[TestFixture]
internal sealed class StateHistoryTests
{
    private static readonly Address[] Addresses = [.. Enumerable.Range(1, 4).Select(n => Address.FromNumber((uint)n))];

    private static readonly Gen<AccountChange> Account = Gen.Select(
        Gen.Int[0, 3], Gen.Int[0, 5], Gen.ULong[0, 3], Gen.ULong[1, 9], (index, kind, nonce, balance) => kind switch
        {
            0 => new AccountChange(Addresses[index], null, WipesStorage: true),
            1 => new AccountChange(Addresses[index], StateOf(nonce, balance), WipesStorage: true),
            _ => new AccountChange(Addresses[index], StateOf(nonce, balance), WipesStorage: false),
        });

    private static readonly Gen<StorageChange> Slot = Gen.Select(
        Gen.Int[0, 3], Gen.ULong[0, 3], Gen.ULong[0, 2], (index, key, value) =>
            new StorageChange(Addresses[index], key, value));

    private static readonly Gen<StateChanges> Changes = Gen.Select(
        Account.Array[0, 4],
        Slot.Array[0, 8],
        static (accounts, slots) => new StateChanges(
            [.. accounts.DistinctBy(change => change.Address).OrderBy(change => change.Address)],
            [
                .. slots.DistinctBy(slot => (slot.Address, slot.Key))
                    .OrderBy(slot => slot.Address)
                    .ThenBy(slot => slot.Key),
            ],
            []));

    // Accounts that are made, changed, deleted and made again, storage that is wiped and written by the same block.
    [Test]
    public void Past_state_is_the_state_that_was() =>
        Gen.Select(Changes.Array[1, 40], Gen.Int[0, 45], Gen.Int[0, 12_000]).Sample(
            (blocks, keptBlocks, keptBytes) =>
            {
                ChainOptions options = new() { HistoryBlocks = keptBlocks, HistoryBytes = keptBytes };
                using LiveState live = LiveWith(options);
                List<string> were = [Describe(live.State)];
                List<PastState> held = [live.After(Height.Genesis)];
                foreach (StateChanges changes in blocks)
                {
                    Publish(live, changes);
                    were.Add(Describe(live.State));
                    held.Add(live.After(live.Head.Height));
                }

                return live.Head.Height.Value - live.First.Value <= (ulong)keptBlocks
                    && !live.Keeps(live.Head.Height.Next)
                    && Enumerable.Range(0, were.Count).All(height =>
                        Matches(live, new Height((ulong)height), live.After(new Height((ulong)height)), were[height])
                        && Matches(live, new Height((ulong)height), held[height], were[height]));
            },
            iter: 400);

    [Test]
    public void What_is_dropped_takes_nothing() => Changes.Array[1, 60].Sample(
        blocks =>
        {
            WorldState state = new();
            StateHistory history = new(Height.Genesis, new ChainOptions { HistoryBlocks = 5 });
            foreach (StateChanges changes in blocks.Concat(Enumerable.Repeat(new StateChanges([], [], []), 5)))
            {
                history.Add(UndoSet.Of(history.Last.Next, state, changes));
                state.Apply(changes);
            }

            return history.Bytes == 5 * UndoSet.BlockBytes
                && history.First.Value == history.Last.Value - 5;
        },
        iter: 100);

    [Test]
    public void A_block_over_the_bytes_alone_leaves_only_the_live_state()
    {
        using LiveState live = LiveWith(new ChainOptions { HistoryBytes = UndoSet.BlockBytes });
        Publish(live, new StateChanges([], [], []));
        Assert.That(live.First, Is.EqualTo(Height.Genesis), "an empty block fits");

        Publish(live, new StateChanges([new AccountChange(Addresses[0], StateOf(0, 5), false)], [], []));

        Assert.That(live.First, Is.EqualTo(new Height(2)));
        Assert.That(live.After(new Height(1)).IsKept, Is.False);
        Assert.That(live.After(new Height(2)).IsKept, Is.True);
    }

    private static AccountState StateOf(ulong nonce, ulong balance) =>
        new(nonce, balance, AccountState.EmptyCodeHash);

    private static LiveState LiveWith(ChainOptions options) => new(new WorldState(), new FakeChain().Head, options);

    private static void Publish(LiveState live, StateChanges changes)
    {
        ChainHead next = live.Head with { Height = live.Head.Height.Next };
        live.Publish(changes, _ => next);
    }

    private static bool Matches(LiveState live, Height height, PastState past, string was)
    {
        string seen = Describe(past);
        return past.IsKept == (height >= live.First) && (!past.IsKept || seen == was);
    }

    private static string Describe(IStateReader state) => string.Join(' ', Addresses.Select(address =>
    {
        string account = state.TryGetAccount(address, out AccountState found) ? found.ToString() : "none";
        return account + string.Join(',', Enumerable.Range(0, 4).Select(key =>
            state.GetStorage(address, (UInt256)(ulong)key)));
    }));
}
