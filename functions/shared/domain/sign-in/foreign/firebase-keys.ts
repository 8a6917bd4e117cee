/** What all hashes of one Firebase project are made with; in base64, as its console shows them. */
export interface FirebaseKeys {
  readonly signerKey: string;
  readonly saltSeparator: string;
}
