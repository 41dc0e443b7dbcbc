using EnergyChain.Core.Numerics;

namespace EnergyChain.Contracts.Tests;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class StorageTests
{
    private readonly ContractStorage _storage = new(MeterRegistryContract.Artifact.StorageLayout);

    [Test]
    public void Variables_of_one_slot_share_its_word()
    {
        _storage.Set("_slotSeconds", 2UL);
        _storage.Set("_energySlotSeconds", 3600UL);
        StorageVariable variable = MeterRegistryContract.Artifact.StorageLayout.Variable("_slotSeconds");
        Assert.That(_storage.Slots, Has.Count.EqualTo(1));
        Assert.That(_storage.Slots[0].Key.ToBigInteger(), Is.EqualTo(variable.Slot));
        Assert.That(_storage.Slots[0].Value, Is.EqualTo(new UInt256(2, 3600)));
    }

    [Test]
    public void Mapped_value_is_stored_where_solidity_looks()
    {
        // keccak256(abi.encode(uint256(1), uint256(0))), a constant of many Ethereum texts; creditOf is at slot 0.
        _storage.SetMapped("creditOf", 1UL, 5UL);
        UInt256.TryParse("0xada5013122d395ba3c54772283fb069b10426056ef8ca54750cb9bb552a59e7d", out UInt256 expected);
        Assert.That(_storage.Slots.Single(), Is.EqualTo(KeyValuePair.Create(expected, (UInt256)5UL)));
    }

    [Test]
    public void Value_too_large_for_its_variable_is_refused() =>
        Assert.That(() => _storage.Set("_slotSeconds", new UInt256(0, 1)), Throws.ArgumentException);

    [Test]
    public void Variable_set_twice_is_refused()
    {
        _storage.Set("_slotSeconds", 2UL);
        Assert.That(() => _storage.Set("_slotSeconds", 3UL), Throws.ArgumentException);
    }
}
