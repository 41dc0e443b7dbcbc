using System.Text;
using CsCheck;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;
using EnergyChain.Ledger.Execution;

namespace EnergyChain.Ledger.Tests.Execution;

[TestFixture]
internal sealed class BlockProcessorTests
{
    private const ulong Start = 1_000_000_000;
    private const ulong TransferFee = 21_000 * TestLedger.GasPrice;
    private static readonly Address Receiver = Address.FromNumber(0x77);
    private static readonly Address Contract = Address.FromNumber(0x5000);

    [Test]
    public void Transfer_moves_value_and_pays_the_fee_to_the_proposer()
    {
        TestLedger ledger = new(Start);

        BlockResult result = ledger.Execute(ledger.Transfer(0, Receiver, 500));

        Assert.That(result.Receipts[0].Succeeded);
        Assert.That(result.GasUsed, Is.EqualTo(new Gas(21_000)));
        Assert.That(ledger.BalanceOf(Receiver), Is.EqualTo(new UInt256(500)));
        Assert.That(ledger.BalanceOf(TestLedger.Proposer), Is.EqualTo(new UInt256(TransferFee)));
        Assert.That(
            ledger.BalanceOf(TestLedger.Keys[0].Address), Is.EqualTo(new UInt256(Start - 500 - TransferFee)));
    }

    [Test]
    public void Unused_gas_is_given_back()
    {
        TestLedger ledger = new(Start);

        ledger.Execute(ledger.Transfer(0, Receiver, 0, draft => draft.GasLimit = 90_000));

        Assert.That(ledger.BalanceOf(TestLedger.Keys[0].Address), Is.EqualTo(new UInt256(Start - TransferFee)));
    }

    [Test]
    public void Fee_payer_pays_the_gas_and_the_sender_the_value()
    {
        TestLedger ledger = new(Start);

        ledger.Execute(ledger.Transfer(0, Receiver, 500, draft => draft.FeePayer = TestLedger.Keys[1]));

        Assert.That(ledger.BalanceOf(TestLedger.Keys[0].Address), Is.EqualTo(new UInt256(Start - 500)));
        Assert.That(ledger.BalanceOf(TestLedger.Keys[1].Address), Is.EqualTo(new UInt256(Start - TransferFee)));
    }

    // PUSH1 0x2a PUSH1 0 SSTORE PUSH1 0 PUSH1 0 REVERT
    [TestCase("602a60005560006000fd", false, 0UL)]
    // PUSH1 0x2a PUSH1 0 SSTORE INVALID: all gas is gone
    [TestCase("602a600055fe", true, 0UL)]
    public void Failed_message_keeps_nonce_and_fee_and_nothing_else(string code, bool burnsAll, ulong stored)
    {
        TestLedger ledger = new(Start, ContractWith(code));

        Receipt receipt = ledger.Execute(
            ledger.Transfer(0, Contract, 500, draft => draft.GasLimit = 100_000)).Receipts[0];

        Assert.That(receipt.Succeeded, Is.False);
        Assert.That(receipt.GasUsed.Value, burnsAll ? Is.EqualTo(100_000UL) : Is.LessThan(100_000UL));
        Assert.That(SkippedReceipt.Is(receipt), Is.False);
        Assert.That(ledger.BalanceOf(Contract), Is.EqualTo(UInt256.Zero));
        Assert.That(ledger.State.GetStorage(Contract, 0), Is.EqualTo(new UInt256(stored)));
        Assert.That(ledger.State.TryGetAccount(TestLedger.Keys[0].Address, out var sender));
        Assert.That(sender.Nonce, Is.EqualTo(1UL));
        Assert.That(
            sender.Balance, Is.EqualTo(new UInt256(Start - (receipt.GasUsed.Value * TestLedger.GasPrice))));
    }

    [Test]
    public void Refund_is_capped_at_a_fifth_of_the_gas_used()
    {
        // PUSH0 PUSH0 SSTORE on a slot that holds 1: EIP-3529 gives 4,800 back.
        GenesisAccount contract = ContractWith("5f5f55") with { Storage = [new StorageSlot(0, 1)] };
        TestLedger ledger = new(Start, contract);

        BlockResult result = ledger.Execute(
            ledger.Transfer(0, Contract, 0, draft => draft.GasLimit = 100_000));

        ulong spent = 21_000 + 2 + 2 + 5_000;
        Assert.That(result.GasUsed.Value, Is.EqualTo(spent - Math.Min(4_800, spent / 5)));
        Assert.That(ledger.State.GetStorage(Contract, 0), Is.EqualTo(UInt256.Zero));
    }

    [Test]
    public void Creation_gives_the_address_and_stores_the_code()
    {
        TestLedger ledger = new(Start);

        // PUSH1 0x00 PUSH1 0 MSTORE8 PUSH1 1 PUSH1 0 RETURN: deploys one byte, STOP.
        Receipt receipt = ledger.Execute(ledger.Transfer(0, null, 0, draft =>
        {
            draft.Data = Convert.FromHexString("600060005360016000f3");
            draft.GasLimit = 100_000;
        })).Receipts[0];

        Assert.That(receipt.Succeeded);
        Assert.That(ledger.State.TryGetAccount(receipt.CreatedContract!.Value, out var created));
        Assert.That(ledger.State.GetCode(created.CodeHash).ToArray(), Is.EqualTo(new byte[] { 0 }));
    }

    [Test]
    public void Events_stand_in_the_receipt()
    {
        // PUSH1 7 PUSH1 0 PUSH1 0 LOG1
        TestLedger ledger = new(Start, ContractWith("600760006000a1"));

        Receipt receipt = ledger.Execute(
            ledger.Transfer(0, Contract, 0, draft => draft.GasLimit = 100_000)).Receipts[0];

        Assert.That(receipt.Logs, Has.Count.EqualTo(1));
        Assert.That(receipt.Logs[0].Address, Is.EqualTo(Contract));
        Assert.That(receipt.Logs[0].Topics[0].ToArray()[31], Is.EqualTo(7));
    }

    [Test]
    public void Transaction_that_breaks_the_rules_is_skipped_and_changes_nothing()
    {
        TestLedger ledger = new(Start);
        Transaction early = ledger.Transfer(0, Receiver, 1, draft => draft.Nonce = 1);
        Hash32 before = ledger.State.Root;

        BlockResult result = ledger.Execute(early);

        Assert.That(SkippedReceipt.Is(result.Receipts[0]));
        Assert.That(
            Encoding.ASCII.GetString(result.Receipts[0].Output.Span),
            Is.EqualTo(nameof(TransactionRefusal.NonceTooHigh)));
        Assert.That(ledger.State.Root, Is.EqualTo(before));
    }

    [Test]
    public void Block_of_anything_never_throws_and_never_makes_coin() =>
        Gen.Select(Gen.Int[0, 3], Gen.Int[0, 5], Gen.ULong[0, 3], Gen.ULong[0, 2 * Start]).Array[0, 12].Sample(
            steps =>
            {
                TestLedger ledger = new(Start);
                UInt256 supply = ledger.Supply;
                Transaction[] block = [.. steps.Select(step => Random(ledger, step))];
                BlockResult result = ledger.Execute(block);
                return result.Receipts.Count == block.Length && ledger.Supply == supply;
            },
            iter: 200);

    [Test]
    public void Admitted_block_has_nothing_to_skip() =>
        Gen.Select(Gen.Int[0, 3], Gen.Int[0, 5], Gen.ULong[0, 3], Gen.ULong[0, Start]).Array[0, 16].Sample(
            steps =>
            {
                TestLedger ledger = new(Start);
                BlockAdmission admission = new(ledger.State, new Height(1), ledger.Genesis.Parameters);
                Transaction[] admitted =
                [
                    .. steps.Select(step => Random(ledger, step))
                        .Where(transaction => admission.Add(transaction) == TransactionRefusal.None),
                ];
                return admission.Count == admitted.Length
                    && ledger.Execute(admitted).Receipts.All(receipt => !SkippedReceipt.Is(receipt));
            },
            iter: 200);

    // Golden: every node of every release must come to these roots.
    [Test]
    public void Roots_of_a_small_chain_are_pinned()
    {
        TestLedger ledger = new(Start, ContractWith("600760006000a1"));
        ledger.Execute(ledger.Transfer(0, Receiver, 5), ledger.Transfer(1, Receiver, 6));
        BlockResult last = ledger.Execute(ledger.Transfer(0, Contract, 0, draft => draft.GasLimit = 100_000));

        Assert.That(
            ledger.State.Root.ToString(),
            Is.EqualTo("0xe6e54abeef1b2bc8743bf82aa175b1e6c50295868a78ca763f7736cf27d3e154"));
        Assert.That(
            last.ReceiptsRoot.ToString(),
            Is.EqualTo("0x866d55685f599a4d7c9b1494324e5f8305f1dad37ac16514bdbf4c826042ebed"));
    }

    private static GenesisAccount ContractWith(string code) =>
        new(Contract, 0, Convert.FromHexString(code), []);

    private static Transaction Random(TestLedger ledger, (int From, int To, ulong Nonce, ulong Value) step)
    {
        Address to = step.To < 4 ? TestLedger.Keys[step.To].Address : Receiver;
        SigningKey? payer = step.To == 5 ? TestLedger.Keys[(step.From + 1) % 4] : null;
        return ledger.Transfer(step.From, to, step.Value, draft =>
        {
            draft.Nonce = step.Nonce;
            draft.FeePayer = payer;
        });
    }
}
