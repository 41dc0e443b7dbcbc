using EnergyChain.Core;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;
using EnergyChain.Ledger.Execution;

namespace EnergyChain.Ledger.Tests.Execution;

[TestFixture]
internal sealed class TransactionRulesTests
{
    private const ulong Balance = 1_000_000_000;
    private static readonly Address Receiver = Address.FromNumber(0x77);

    private static IEnumerable<TestCaseData> Broken()
    {
        yield return Case(TransactionRefusal.None, _ => { });
        yield return Case(TransactionRefusal.WrongGasPrice, draft => draft.GasPrice = 9);
        yield return Case(TransactionRefusal.GasLimitTooLow, draft => draft.GasLimit = 20_999);
        yield return Case(TransactionRefusal.GasLimitTooLow, draft => draft.Data = [1]);
        yield return Case(TransactionRefusal.GasLimitTooHigh, draft => draft.GasLimit = 200_000_001);
        yield return Case(TransactionRefusal.Expired, draft => draft.ValidUntil = 9);
        yield return Case(TransactionRefusal.None, draft => draft.ValidUntil = 10);
        yield return Case(TransactionRefusal.None, draft => draft.ValidUntil = 10 + Limits.MaxValidityBlocks);
        yield return Case(
            TransactionRefusal.ValidityTooLong, draft => draft.ValidUntil = 11 + Limits.MaxValidityBlocks);
        yield return Case(TransactionRefusal.None, draft => draft.Nonce = Limits.MaxNonceAhead);
        yield return Case(TransactionRefusal.NonceTooHigh, draft => draft.Nonce = Limits.MaxNonceAhead + 1);
        yield return Case(TransactionRefusal.InsufficientBalance, draft => draft.GasLimit = 100_000_000);
    }

    [TestCaseSource(nameof(Broken))]
    public void Rule_has_its_own_refusal(TransactionRefusal expected, Action<TestLedger.Draft> change)
    {
        TestLedger ledger = new(Balance);

        TransactionRefusal refusal = Check(ledger, ledger.Transfer(0, Receiver, 1, change));

        Assert.That(refusal, Is.EqualTo(expected));
    }

    [Test]
    public void Used_nonce_is_too_low()
    {
        TestLedger ledger = new(Balance);
        Transaction first = ledger.Transfer(0, Receiver, 1);
        ledger.Execute(first);

        Assert.That(Check(ledger, first), Is.EqualTo(TransactionRefusal.NonceTooLow));
    }

    [TestCase(Balance - 210_000, TransactionRefusal.None)]
    [TestCase(Balance - 209_999, TransactionRefusal.InsufficientBalance)]
    public void Balance_must_cover_value_and_the_highest_fee(ulong value, TransactionRefusal expected)
    {
        TestLedger ledger = new(Balance);

        Assert.That(Check(ledger, ledger.Transfer(0, Receiver, value)), Is.EqualTo(expected));
    }

    [TestCase(Balance, TransactionRefusal.None)]
    [TestCase(Balance + 1, TransactionRefusal.InsufficientBalance)]
    public void Sender_with_a_fee_payer_needs_the_value_alone(ulong value, TransactionRefusal expected)
    {
        TestLedger ledger = new(Balance);

        Transaction delegated = ledger.Transfer(0, Receiver, value, draft => draft.FeePayer = TestLedger.Keys[1]);

        Assert.That(Check(ledger, delegated), Is.EqualTo(expected));
    }

    [Test]
    public void Other_chain_and_foreign_memo_are_refused()
    {
        TestLedger ledger = new(Balance);
        Transaction sound = ledger.Transfer(0, Receiver, 1);
        ChainParameters other = ledger.Genesis.Parameters with { ChainId = new ChainId(6) };
        Transaction memo = new(sound.Body, sound.PublicKey, sound.Signature, null, new byte[] { 1 });

        Assert.That(
            TransactionRules.Check(sound, ledger.State, new Height(10), other),
            Is.EqualTo(TransactionRefusal.WrongChainId));
        Assert.That(Check(ledger, memo), Is.EqualTo(TransactionRefusal.MemoMismatch));
    }

    [Test]
    public void Block_admits_by_nonce_and_by_what_is_left_at_the_highest_cost()
    {
        TestLedger ledger = new(Balance);
        BlockAdmission admission = new(ledger.State, new Height(1), ledger.Genesis.Parameters);
        Transaction most = ledger.Transfer(0, Receiver, Balance - 420_000);
        Transaction over = ledger.Transfer(0, Receiver, 1, draft => draft.Nonce = 1);
        Transaction rest = ledger.Transfer(0, Receiver, 0, draft => draft.Nonce = 1);

        Assert.That(admission.Add(over), Is.EqualTo(TransactionRefusal.NonceTooHigh));
        Assert.That(admission.Add(most), Is.EqualTo(TransactionRefusal.None));
        Assert.That(admission.Add(most), Is.EqualTo(TransactionRefusal.NonceTooLow));
        Assert.That(admission.Add(over), Is.EqualTo(TransactionRefusal.InsufficientBalance));
        Assert.That(admission.Add(rest), Is.EqualTo(TransactionRefusal.None));
        Assert.That(admission.GasLimit, Is.EqualTo(new Gas(42_000)));
    }

    [Test]
    public void Block_is_full_at_its_gas_limit()
    {
        TestLedger ledger = new(Balance);
        ChainParameters small = ledger.Genesis.Parameters with { BlockGasLimit = new Gas(41_999) };
        BlockAdmission admission = new(ledger.State, new Height(1), small);

        Assert.That(admission.Add(ledger.Transfer(0, Receiver, 1)), Is.EqualTo(TransactionRefusal.None));
        Assert.That(admission.Add(ledger.Transfer(1, Receiver, 1)), Is.EqualTo(TransactionRefusal.BlockFull));
    }

    private static TestCaseData Case(TransactionRefusal expected, Action<TestLedger.Draft> change) =>
        new(expected, change);

    private static TransactionRefusal Check(TestLedger ledger, Transaction transaction) =>
        TransactionRules.Check(transaction, ledger.State, new Height(10), ledger.Genesis.Parameters);
}
