using CsCheck;
using EnergyChain.Core;
using EnergyChain.Core.Codec;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;
using EnergyChain.Ledger.State;
using EnergyChain.Ledger.Tree;
using EnergyChain.Vm.State;

namespace EnergyChain.Ledger.Tests.State;

public sealed class StateChunkTests
{
    private const int Accounts = 5_000;
    private static readonly WorldState World = Grown(Accounts);
    private static readonly StateCut Cut = new(World.Copy());

    [Test]
    public void Frontier_folds_to_the_root_of_the_tree()
    {
        Assert.That(Cut.Frontier.Root, Is.EqualTo(World.Root));
        Assert.That(Cut.Frontier.Nodes, Has.Count.InRange(4, 16));
        Assert.That(Bcs.TryDecode(Bcs.Encode(Cut.Frontier), out StateFrontier? again, out _));
        Assert.That(again!.Root, Is.EqualTo(World.Root));
    }

    [Test]
    public void Chunks_are_verified_one_by_one_and_make_the_state_together()
    {
        List<AccountChange> accounts = [];
        List<StorageChange> storage = [];
        for (int node = 0; node < Cut.Frontier.Nodes.Count; node++)
        {
            byte[] encoded = Bcs.Encode(Cut.ChunkAt(node));
            Assert.That(encoded, Has.Length.LessThanOrEqualTo(Limits.MaxSnapshotChunkBytes));
            Assert.That(Bcs.TryDecode(encoded, out StateChunk? chunk, out _));
            Assert.That(chunk!.Verify(Cut.Frontier, node));
            foreach (StateEntry entry in chunk.Entries)
            {
                if (entry is StateEntry.Account account)
                {
                    accounts.Add(new AccountChange(account.Address, account.State, WipesStorage: false));
                }
                else if (entry is StateEntry.Slot slot)
                {
                    storage.Add(new StorageChange(slot.Address, slot.Key, slot.Value));
                }
            }
        }

        WorldState joined = new();
        joined.Apply(new StateChanges(accounts, storage, []));
        Assert.That(joined.Root, Is.EqualTo(World.Root));
    }

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(2)]
    public void Small_states_are_one_chunk(int accounts)
    {
        WorldState small = Grown(accounts);
        StateCut cut = new(small.Copy());
        Assert.That(cut.Frontier.Nodes, Has.Count.EqualTo(1));
        Assert.That(cut.Frontier.Root, Is.EqualTo(small.Root));
        Assert.That(cut.ChunkAt(0).Verify(cut.Frontier, 0));
    }

    [Test]
    public void Any_other_content_than_the_trees_is_refused() =>
        Gen.Select(Gen.Int[0, Cut.Frontier.Nodes.Count - 1], Gen.Int[0, 6], Gen.Int[0, 1 << 20], Gen.Int[0, 1 << 20])
            .Sample((node, kind, first, second) =>
            {
                List<StateEntry> entries = [.. Cut.ChunkAt(node).Entries];
                int at = first % entries.Count;
                int other = (at + 1 + (second % (entries.Count - 1))) % entries.Count;
                int wrong = (node + 1 + (second % (Cut.Frontier.Nodes.Count - 1))) % Cut.Frontier.Nodes.Count;
                switch (kind)
                {
                    case 0:
                        entries.RemoveAt(at);
                        break;
                    case 1:
                        entries.Insert(at, entries[at]);
                        break;
                    case 2:
                        (entries[at], entries[other]) = (entries[other], entries[at]);
                        break;
                    case 3:
                        entries[at] = Changed(entries[at]);
                        break;
                    case 4:
                        entries.Add(new StateEntry.Slot(Address.FromNumber(1), 99, (UInt256)7));
                        break;
                    case 5:
                        entries.Insert(at, new StateEntry.Slot(Address.FromNumber(1), 98, UInt256.Zero));
                        break;
                    default:
                        return !new StateChunk(entries).Verify(Cut.Frontier, wrong);
                }

                return !new StateChunk(entries).Verify(Cut.Frontier, node);
            }, iter: 60);

    [Test]
    public void Any_other_frontier_has_another_root() =>
        Gen.Select(Gen.Int[0, Cut.Frontier.Nodes.Count - 1], Gen.Int[0, 4], Gen.Int[0, 255]).Sample((at, kind, bit) =>
        {
            List<FrontierNode> nodes = [.. Cut.Frontier.Nodes];
            switch (kind)
            {
                case 0:
                    nodes.RemoveAt(at);
                    break;
                case 1:
                    nodes.Insert(at, nodes[at]);
                    break;
                case 2:
                    nodes[at] = nodes[at] with { Depth = nodes[at].Depth + 1 };
                    break;
                case 3:
                    nodes[at] = nodes[at] with { Depth = bit > 2 ? 65_535 : 0 };
                    break;
                default:
                    byte[] hash = nodes[at].Hash.ToArray();
                    hash[bit / 8] ^= (byte)(1 << (bit % 8));
                    nodes[at] = nodes[at] with { Hash = new Hash32(hash) };
                    break;
            }

            return new StateFrontier(nodes).Root != World.Root;
        }, iter: 200);

    private static StateEntry Changed(StateEntry entry) => entry switch
    {
        StateEntry.Account account => new StateEntry.Account(
            account.Address, account.State with { Balance = account.State.Balance + 1 }),
        StateEntry.Slot slot => slot with { Value = slot.Value + 1 },
        _ => entry,
    };

    private static WorldState Grown(int accounts)
    {
        List<AccountChange> changes = [];
        List<StorageChange> storage = [];
        for (int i = 1; i <= accounts; i++)
        {
            Address address = Address.FromNumber((uint)i);
            AccountState state = new((ulong)i, (UInt256)(ulong)(i * 10), AccountState.EmptyCodeHash);
            changes.Add(new AccountChange(address, state, WipesStorage: false));
            if (i % 3 == 0)
            {
                storage.Add(new StorageChange(address, (UInt256)(ulong)i, 5));
                storage.Add(new StorageChange(address, (UInt256)(ulong)(i + 1), 6));
            }
        }

        WorldState world = new();
        world.Apply(new StateChanges(changes, storage, []));
        return world;
    }
}
