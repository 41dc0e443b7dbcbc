using CsCheck;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Codec;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;
using EnergyChain.Core.Proofs;
using EnergyChain.Ledger.State;
using EnergyChain.Ledger.Tests.Tree;
using EnergyChain.Vm.State;

namespace EnergyChain.Ledger.Tests.State;

[TestFixture]
internal sealed class WorldStateTests
{
    [Test]
    public void Root_is_that_of_a_plain_model_after_every_block() =>
        StateGen.Changes.Array[1, 6].Sample(
            blocks =>
            {
                WorldState state = new(7);
                Dictionary<Address, AccountState> accounts = [];
                Dictionary<(Address, UInt256), UInt256> slots = [];
                foreach (StateChanges block in blocks)
                {
                    state.Apply(block);
                    ApplyToModel(block, accounts, slots);
                }

                TreeLeaf[] leaves =
                [
                    .. accounts.Select(pair =>
                        new TreeLeaf(StateKeys.OfAccount(pair.Key), StateKeys.ValueOf(pair.Value))),
                    .. slots.Select(pair => new TreeLeaf(
                        StateKeys.OfSlot(pair.Key.Item1, pair.Key.Item2), StateKeys.ValueOf(pair.Value))),
                ];
                return state.Root == NaiveTree.Root(leaves)
                    && slots.All(pair => state.GetStorage(pair.Key.Item1, pair.Key.Item2) == pair.Value);
            },
            iter: 300);

    [Test]
    public void Dump_loads_as_the_same_state_and_dumps_the_same_again() =>
        StateGen.Changes.Array[1, 5].Sample(
            blocks =>
            {
                WorldState state = new(1);
                Array.ForEach(blocks, state.Apply);
                state.Apply(WithoutOrphans(state));
                byte[][] dump = Dump(state);
                WorldState? loaded = Load(dump, state.Root);
                return loaded is not null && Dump(loaded).SelectMany(b => b).SequenceEqual(dump.SelectMany(b => b));
            },
            iter: 300);

    [Test]
    public void Copy_does_not_see_later_blocks()
    {
        WorldState state = new();
        state.Apply(new StateChanges([Account(1, 5)], [new StorageChange(Address.FromNumber(1), 1, 1)], []));
        StateCopy copy = state.Copy();

        state.Apply(new StateChanges([Account(2, 5)], [new StorageChange(Address.FromNumber(1), 1, 0)], []));

        StateEntry[] entries = [.. copy.Entries()];
        Assert.That(entries, Has.Length.EqualTo(2));
        Assert.That(entries[1], Is.EqualTo(new StateEntry.Slot(Address.FromNumber(1), 1, 1)));
        Assert.That(copy.Root, Is.Not.EqualTo(state.Root));
    }

    [Test]
    public void Changed_dump_is_refused()
    {
        WorldState state = new();
        byte[] code = [1, 2, 3];
        Hash32 codeHash = Keccak256.Hash(code);
        Address contract = Address.FromNumber(9);
        state.Apply(new StateChanges(
            [Account(1, 5), new AccountChange(contract, new AccountState(1, 0, codeHash), false)],
            [new StorageChange(contract, 1, 1), new StorageChange(contract, 2, 2)],
            [new CodeChange(codeHash, code)]));
        byte[][] dump = Dump(state);

        Assert.That(Load(dump, state.Root), Is.Not.Null);
        for (int i = 0; i < dump.Length; i++)
        {
            byte[][] without = [.. dump[..i], .. dump[(i + 1)..]];
            byte[][] twice = [.. dump[..(i + 1)], .. dump[i..]];
            Assert.That(Load(without, state.Root), Is.Null, $"without entry {i}");
            Assert.That(Load(twice, state.Root), Is.Null, $"with entry {i} twice");
        }

        Assert.That(Load([.. dump.Reverse()], state.Root), Is.Null);
    }

    [Test]
    public void Proofs_show_accounts_slots_and_their_absence()
    {
        WorldState state = new();
        Address holder = Address.FromNumber(1);
        Address nobody = Address.FromNumber(2);
        state.Apply(new StateChanges([Account(1, 5)], [new StorageChange(holder, 3, 4)], []));
        state.TryGetAccount(holder, out AccountState account);

        Assert.That(
            state.ProveAccount(holder).Verify(
                state.Root, StateKeys.OfAccount(holder), StateKeys.ValueOf(account)));
        Assert.That(state.ProveAccount(nobody).Verify(state.Root, StateKeys.OfAccount(nobody), null));
        Assert.That(
            state.ProveSlot(holder, 3).Verify(
                state.Root, StateKeys.OfSlot(holder, 3), StateKeys.ValueOf(new UInt256(4))));
        Assert.That(state.ProveSlot(holder, 4).Verify(state.Root, StateKeys.OfSlot(holder, 4), null));
    }

    [Test]
    public void Genesis_contract_starts_with_nonce_one()
    {
        Genesis genesis = new(
            default,
            new ChainParameters { ChainId = new ChainId(1) },
            new Council([]),
            [new GenesisAccount(Address.FromNumber(1), 5, new byte[] { 1 }, [new StorageSlot(1, 2)])]);

        WorldState state = WorldState.FromGenesis(genesis);

        Assert.That(state.TryGetAccount(Address.FromNumber(1), out AccountState account));
        Assert.That(account.Nonce, Is.EqualTo(1UL));
        Assert.That(state.GetCode(account.CodeHash).ToArray(), Is.EqualTo(new byte[] { 1 }));
        Assert.That(state.GetStorage(Address.FromNumber(1), 1), Is.EqualTo(new UInt256(2)));
    }

    private static AccountChange Account(uint number, ulong balance) => new(
        Address.FromNumber(number), new AccountState(0, balance, AccountState.EmptyCodeHash), WipesStorage: false);

    private static byte[][] Dump(WorldState state) => [.. state.Copy().Entries().Select(Bcs.Encode)];

    private static WorldState? Load(byte[][] dump, Hash32 root)
    {
        StateLoader loader = new();
        foreach (byte[] bytes in dump)
        {
            if (!Bcs.TryDecode(bytes, out StateEntry? entry, out _) || !loader.TryAdd(entry))
            {
                return null;
            }
        }

        return loader.Build(root);
    }

    // Random blocks write slots of accounts that do not exist; real ones cannot.
    private static StateChanges WithoutOrphans(WorldState state)
    {
        Address[] all = [.. Enumerable.Range(1, 4).Select(number => Address.FromNumber((uint)number))];
        AccountChange[] missing =
        [
            .. all.Where(address => !state.TryGetAccount(address, out _))
                .Select(address => new AccountChange(address, null, WipesStorage: true)),
        ];
        return new StateChanges(missing, [], []);
    }

    private static void ApplyToModel(
        StateChanges block,
        Dictionary<Address, AccountState> accounts,
        Dictionary<(Address Address, UInt256), UInt256> slots)
    {
        foreach (AccountChange change in block.Accounts)
        {
            foreach ((Address Address, UInt256) key in slots.Keys.Where(key =>
                change.WipesStorage && key.Address == change.Address).ToArray())
            {
                slots.Remove(key);
            }

            accounts.Remove(change.Address);
            if (change.State is { } state)
            {
                accounts.Add(change.Address, state);
            }
        }

        foreach (StorageChange change in block.Storage)
        {
            slots.Remove((change.Address, change.Key));
            if (!change.Value.IsZero)
            {
                slots.Add((change.Address, change.Key), change.Value);
            }
        }
    }
}
