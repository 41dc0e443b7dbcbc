using EnergyChain.Contracts.Abi;
using EnergyChain.Contracts.Tests.Chain;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Contracts.Tests;

/// <summary>The ERC-1155 side of the certificates. Site 2 holds 1500 Wh of solar energy of slot 100.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class GreenCertificateTests
{
    private static readonly Address Owner = Community.Account(2);
    private static readonly Address Other = Community.Account(3);
    private static readonly UInt256 Id = GreenCertificateContract.CertificateId(100, EnergySource.Solar);

    private readonly TestChain _chain = Community.Start();

    [SetUp]
    public void Mint()
    {
        _chain.Now = 1010;
        byte[] record = MeterRegistryContract.SubmitRecord(Community.Record(100, 1, produced: 1500));
        _chain.ToRegistry(Community.Meter(2), record).Succeeds();
    }

    [Test]
    public void Owner_may_transfer_what_it_holds()
    {
        Transfer(Owner, Owner, Other, 1000).Succeeds();
        Assert.That(BalanceOf(Owner), Is.EqualTo((UInt256)500UL));
        Assert.That(BalanceOf(Other), Is.EqualTo((UInt256)1000UL));
        Assert.That(Transfer(Owner, Owner, Other, 501).Error, Is.EqualTo("BalanceTooLow"));
    }

    [Test]
    public void Another_may_transfer_only_with_approval()
    {
        Assert.That(Transfer(Other, Owner, Other, 1).Error, Is.EqualTo("NotApproved"));
        Send(Owner, Function("setApprovalForAll").EncodeCall(Other, true)).Succeeds();
        Transfer(Other, Owner, Other, 1).Succeeds();
        Assert.That(BalanceOf(Other), Is.EqualTo((UInt256)1UL));
    }

    [Test]
    public void Contract_that_does_not_answer_refuses_a_transfer_but_not_a_mint()
    {
        _chain.State.Put(Other, UInt256.Zero, Convert.FromHexString("60206000f3"));
        Assert.That(Transfer(Owner, Owner, Other, 1).Error, Is.EqualTo("ReceiverRefused"));
        byte[] record = MeterRegistryContract.SubmitRecord(Community.Record(100, 1, produced: 7));
        _chain.ToRegistry(Community.Meter(3), record).Succeeds();
        UInt256 wind = GreenCertificateContract.CertificateId(100, EnergySource.Wind);
        Assert.That(
            _chain.Ask(GreenCertificateContract.BalanceOf(Other, wind), GreenCertificateContract.Address),
            Is.EqualTo((UInt256)7UL));
    }

    [Test]
    public void Only_registry_and_market_make_and_move_certificates()
    {
        byte[] mint = Function("mint").EncodeCall(Other, 100UL, 1UL, 5UL);
        byte[] move = Function("moveDelivered").EncodeCall(Owner, Other, 100UL, 5UL);
        Assert.That(Send(Community.Operator, mint).Error, Is.EqualTo("NotRegistry"));
        Assert.That(Send(Community.Operator, move).Error, Is.EqualTo("NotMarket"));
        byte[] export = EnergyMarketContract.Artifact.Abi.Function("recordExport").EncodeCall(100UL, 1UL, 5UL);
        Assert.That(_chain.ToMarket(Community.Operator, export).Error, Is.EqualTo("NotRegistry"));
    }

    [TestCase("01ffc9a7", ExpectedResult = true)]
    [TestCase("d9b67a26", ExpectedResult = true)]
    [TestCase("ffffffff", ExpectedResult = false)]
    public bool Interfaces_are_told(string id)
    {
        CallResult result =
            Send(Owner, Function("supportsInterface").EncodeCall(Convert.FromHexString(id))).Succeeds();
        return !UInt256.FromBigEndian(result.ReturnData).IsZero;
    }

    private static AbiFunction Function(string name) => GreenCertificateContract.Artifact.Abi.Function(name);

    private CallResult Transfer(Address caller, Address from, Address to, ulong value) =>
        Send(caller, GreenCertificateContract.SafeTransferFrom(from, to, Id, value));

    private CallResult Send(Address from, byte[] data) => _chain.Send(from, GreenCertificateContract.Address, data);

    private UInt256 BalanceOf(Address account) =>
        _chain.Ask(GreenCertificateContract.BalanceOf(account, Id), GreenCertificateContract.Address);
}
