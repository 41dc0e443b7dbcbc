using CsCheck;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;
using EnergyChain.Core.Proofs;
using EnergyChain.Ledger.State;
using EnergyChain.Node.Execution;
using EnergyChain.Node.Tests.Fakes;
using EnergyChain.Vm.State;

namespace EnergyChain.Node.Tests.Execution;

public sealed class StateProofTests
{
    private const int Addresses = 12;

    private static readonly Gen<StateChanges> Changes = Gen.Select(
        Gen.Int[0, Addresses - 1].HashSet[0, 6], Gen.ULong[0, 3], Gen.ULong[0, 3]).Select((who, nonce, word) =>
            new StateChanges(
                [.. who.Order().Select(number => new AccountChange(
                    Of(number),
                    nonce == 0 ? null : new AccountState(nonce, new UInt256(word), AccountState.EmptyCodeHash),
                    WipesStorage: nonce == 0))],
                [.. who.Order().Where(_ => nonce > 0).Select(number => new StorageChange(Of(number), 1, word))],
                []));

    // What the proofs of a state before a block have to be: those of the live state before that block came.
    [Test]
    public void State_before_the_head_is_proven_as_it_was() => Changes.Array[1, 8].Sample(
        blocks =>
        {
            WorldState state = new();
            using LiveState live = new(state, new FakeChain().Head, new ChainOptions());
            ProofKeys[] keys = [.. Enumerable.Range(0, Addresses).Select(static i => new ProofKeys(Of(i), [1, 2]))];
            foreach (StateChanges block in blocks)
            {
                Hash32 root = state.Root;
                AccountValue?[] before = [.. keys.Select(each => ValueOf(state, each.Address))];
                UInt256[] words = [.. keys.Select(each => state.GetStorage(each.Address, 1))];
                Publish(live, block);
                (Height height, IReadOnlyList<StorageProof> proofs) = live.ProveBefore(keys)!.Value;
                Assert.That(height, Is.EqualTo(live.Head.Height));
                Assert.That(proofs.All(proof => proof.Verify(root)));
                Assert.That(proofs.Select(static proof => proof.Account.Value), Is.EqualTo(before));
                Assert.That(proofs.Select(static proof => proof.Slots[0].Word), Is.EqualTo(words));
            }
        },
        iter: 200);

    [Test]
    public void State_that_was_loaded_is_proven_from_the_next_block_on()
    {
        WorldState state = new();
        state.Apply(new StateChanges([new AccountChange(Of(1), AccountState.Empty with { Nonce = 1 }, false)], [], []));
        using LiveState live = new(
            state, new FakeChain().Head with { Height = new Height(50) }, new ChainOptions());
        ProofKeys[] keys = [new ProofKeys(Of(1), [])];

        Assert.That(live.ProveBefore(keys), Is.Null);
        Hash32 root = state.Root;
        Publish(live, new StateChanges(
            [new AccountChange(Of(2), AccountState.Empty with { Nonce = 9 }, false)], [], []));
        Assert.That(live.ProveBefore(keys)!.Value.Proofs.Single().Verify(root));
    }

    [Test]
    public async Task Proofs_are_of_one_state_while_blocks_come()
    {
        const int blocks = 2_000;
        WorldState state = new();
        using LiveState live = new(state, new FakeChain().Head, new ChainOptions());
        Hash32[] roots = new Hash32[blocks + 1];
        ProofKeys[] keys = [.. Enumerable.Range(0, Addresses).Select(static i => new ProofKeys(Of(i), [1]))];
        Task committing = Task.Run(() =>
        {
            for (int number = 1; number <= blocks; number++)
            {
                roots[number] = state.Root;
                AccountState account = AccountState.Empty with { Nonce = (ulong)number };
                Publish(live, new StateChanges(
                    [new AccountChange(Of(number % Addresses), account, false)],
                    [new StorageChange(Of(number % Addresses), 1, new UInt256((ulong)number))],
                    []));
            }
        });
        int proven = 0;
        while (!committing.IsCompleted)
        {
            if (live.ProveBefore(keys) is { } found)
            {
                Assert.That(found.Proofs.All(proof => proof.Verify(roots[(int)found.Height.Value])));
                proven++;
            }
        }

        await committing;
        Assert.That(live.ProveBefore(keys)!.Value.Proofs.All(proof => proof.Verify(roots[blocks])));
        TestContext.Out.WriteLine($"{proven} proofs while {blocks} blocks came.");
    }

    private static Address Of(int number) => Address.FromNumber((uint)number + 1);

    private static AccountValue? ValueOf(WorldState state, Address address) =>
        state.TryGetAccount(address, out AccountState account)
            ? new AccountValue(account.Nonce, account.Balance, account.CodeHash)
            : null;

    private static void Publish(LiveState live, StateChanges changes) => live.Publish(
        changes, root => live.Head with { Height = live.Head.Height.Next, StateRoot = root });
}
