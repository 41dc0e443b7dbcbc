// Compiles Contracts/solidity into Contracts/artifacts. `node build.js` writes the artifacts,
// `node build.js --check` compares them with the committed ones and fails where they differ.
'use strict';
const crypto = require('crypto');
const fs = require('fs');
const path = require('path');
const solc = require('solc');

const CONTRACTS = ['Council', 'EnergyMarket', 'GreenCertificate', 'MeterRegistry'];
const SOLC_VERSION = '0.8.37';
const SETTINGS = {
  evmVersion: 'cancun',
  optimizer: { enabled: true, runs: 200 },
  metadata: { appendCBOR: false, bytecodeHash: 'none' },
};
const sourceFolder = path.join(__dirname, '..', 'solidity');
const artifactFolder = path.join(__dirname, '..', 'artifacts');

/** Every source by name, in ordinal order. */
function readSources() {
  const names = fs.readdirSync(sourceFolder).filter((name) => name.endsWith('.sol')).sort();
  return names.map((name) => [name, fs.readFileSync(path.join(sourceFolder, name), 'utf8')]);
}

/** SHA-256 over "name\0content\0" of every source: what the .NET tests compute as well. */
function hashSources(sources) {
  const hash = crypto.createHash('sha256');
  for (const [name, content] of sources) {
    hash.update(name).update('\0').update(content).update('\0');
  }
  return hash.digest('hex');
}

function compile(sources) {
  const input = {
    language: 'Solidity',
    sources: Object.fromEntries(sources.map(([name, content]) => [name, { content }])),
    settings: {
      ...SETTINGS,
      outputSelection: {
        '*': { '*': ['abi', 'evm.deployedBytecode', 'evm.methodIdentifiers', 'storageLayout'] },
      },
    },
  };
  const output = JSON.parse(solc.compile(JSON.stringify(input)));
  const messages = output.errors || [];
  if (messages.length !== 0) {
    throw new Error(messages.map((message) => message.formattedMessage).join('\n'));
  }
  return output.contracts;
}

/** solc numbers types with AST ids that change with unrelated edits; they are of no use to a reader. */
function withoutAstIds(layout) {
  const entries = (layout.storage || []).map(({ astId, contract, ...entry }) => entry);
  const types = Object.fromEntries(Object.entries(layout.types || {}).map(([name, type]) => {
    const members = type.members && type.members.map(({ astId, contract, ...member }) => member);
    return [name, members ? { ...type, members } : type];
  }));
  return JSON.parse(JSON.stringify({ storage: entries, types }).replace(/\)\d+_storage/g, ')_storage')
    .replace(/((?:contract|enum|struct)\([A-Za-z0-9_.]+\))\d+/g, '$1'));
}

function toArtifact(name, contract, sourceHash) {
  const deployed = contract.evm.deployedBytecode;
  if (Object.keys(deployed.immutableReferences || {}).length !== 0) {
    throw new Error(`${name} has immutables: a predeployed contract cannot.`);
  }
  if (deployed.object.length / 2 > 24576) {
    throw new Error(`${name} has ${deployed.object.length / 2} bytes of code; the limit is 24576 (EIP-170).`);
  }
  return {
    contractName: name,
    compiler: `solc ${SOLC_VERSION}`,
    settings: SETTINGS,
    sourceHash,
    abi: contract.abi,
    methodIdentifiers: contract.evm.methodIdentifiers,
    storageLayout: withoutAstIds(contract.storageLayout),
    deployedBytecode: `0x${deployed.object}`,
  };
}

function main() {
  if (!solc.version().startsWith(`${SOLC_VERSION}+`)) {
    throw new Error(`solc ${SOLC_VERSION} is needed, this is ${solc.version()}.`);
  }
  const check = process.argv.includes('--check');
  const sources = readSources();
  const sourceHash = hashSources(sources);
  const compiled = compile(sources);
  fs.mkdirSync(artifactFolder, { recursive: true });
  let different = 0;
  for (const name of CONTRACTS) {
    const artifact = toArtifact(name, compiled[`${name}.sol`][name], sourceHash);
    const text = `${JSON.stringify(artifact, null, 2)}\n`;
    const file = path.join(artifactFolder, `${name}.json`);
    if (!check) {
      fs.writeFileSync(file, text);
    } else if (!fs.existsSync(file) || fs.readFileSync(file, 'utf8') !== text) {
      console.error(`${name}.json is not what the sources compile to.`);
      different++;
    }
    console.log(`${name}: ${(artifact.deployedBytecode.length - 2) / 2} bytes of code`);
  }
  process.exitCode = different === 0 ? 0 : 1;
}

main();
